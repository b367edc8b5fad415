from django.urls import path

from taawon.sms.console import views

app_name = "phones"
urlpatterns = [
    path("", views.phones, name="home"),
    path("news/", views.news, name="news"),
]
