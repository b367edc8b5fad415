from django.urls import path

from taawon.web.observatory import data, views

app_name = "observatory"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("data/", data.index, name="data"),
    path("data/register/", data.choose, name="choose"),
    path("data/register.<slug:form>", data.file, name="register"),
    path("data/ask/", data.ask, name="ask"),
    path("data/files/<slug:code>/", data.download, name="download"),
    path("data/files/<slug:code>/file/", data.download_file, name="download-file"),
    path("<slug:code>/", views.one, name="series"),
    path("<slug:code>/embed/", views.embed, name="embed"),
    path("<slug:code>/data.<slug:form>", views.data, name="series-file"),
]
