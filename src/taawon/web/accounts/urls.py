from django.urls import path

from taawon.web.accounts import announcing, login, profile, views

app_name = "accounts"
urlpatterns = [
    path("login/", login.phone, name="login"),
    path("login/code/", login.code, name="code"),
    path("logout/", login.logout, name="logout"),
    path("account/", views.home, name="home"),
    path("account/announcements/", announcing.page, name="announcements"),
    path("account/profile/", profile.profile, name="profile"),
    path("account/profile/email/", profile.email, name="email"),
    path("unsubscribe/", profile.unsubscribe, name="unsubscribe"),
    path("account/data/", views.data, name="data"),
    path("account/data/download/", views.download, name="download"),
    path("account/data/erase/", views.erase, name="erase"),
]
