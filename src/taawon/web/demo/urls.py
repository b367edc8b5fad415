from django.urls import path

from taawon.web.demo import views

app_name = "demo"
urlpatterns = [path("", views.home, name="home")]
