from django.urls import path

from taawon.web.pages import views

app_name = "pages"
urlpatterns = [
    path("about/", views.about, name="about"),
    path("privacy/", views.privacy, name="privacy"),
    path("offline/", views.offline, name="offline"),
]
