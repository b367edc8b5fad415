"""All addresses of the house."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

urlpatterns = [
    path("", include("taawon.web.root_urls")),
    path("gateway/", include("taawon.sms.urls")),
    path("api/v1/", include("taawon.api.urls")),
    path("backoffice/", include("taawon.backoffice.urls")),
    *i18n_patterns(path("", include("taawon.web.urls"))),
]
if settings.DEMO:
    urlpatterns = [
        path("demo/phones/", include("taawon.sms.console.urls")),
        path("demo/", include("taawon.web.demo.urls")),
        *urlpatterns,
    ]
