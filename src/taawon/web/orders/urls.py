from django.urls import path

from taawon.web.orders import basket, buying, views

app_name = "orders"
urlpatterns = [
    path("basket/", basket.show, name="basket"),
    path("basket/add/", basket.add, name="add"),
    path("basket/set/", basket.put, name="set"),
    path("checkout/", buying.checkout, name="checkout"),
    path("checkout/done/<str:secret>/", buying.done, name="done"),
    path("orders/", views.mine, name="mine"),
    path("orders/find/", views.find, name="find"),
    path("orders/<slug:code>/", views.order, name="order"),
    path("orders/<slug:code>/cancel/", views.cancel, name="cancel"),
    path("orders/<slug:code>/reorder/", views.reorder, name="reorder"),
    path("orders/<slug:code>/review/<int:line>/", views.review, name="review"),
]
