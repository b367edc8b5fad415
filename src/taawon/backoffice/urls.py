from django.urls import path

from taawon.backoffice import views

app_name = "backoffice"
urlpatterns = [path("", views.home, name="home")]
