from django.urls import path

from bridgehead.catalogue.views import coverages, desk, maker, photos, public, sheets

app_name = "catalogue"
MINE = "my/products/"
urlpatterns = [
    path("products/", public.products, name="public"),
    path("products/<int:pk>/", public.product, name="product"),
    path("products/firms/<slug:slug>/", public.firm, name="firm"),
    path("products/pictures/<int:pk>/<slug:size>/", public.picture, name="picture"),
    path(MINE, maker.my_products, name="my_products"),
    path(f"{MINE}new/<slug:firm>/", maker.new, name="new"),
    path(f"{MINE}import/", sheets.upload, name="import"),
    path(f"{MINE}import/enter/", sheets.enter, name="import_enter"),
    path(f"{MINE}import/template.xlsx", sheets.template, name="import_template"),
    path(f"{MINE}<int:pk>/", maker.edit, name="edit"),
    path(f"{MINE}<int:pk>/preview/", maker.preview, name="preview"),
    path(f"{MINE}<int:pk>/publishing/", maker.publishing, name="publishing"),
    path(f"{MINE}<int:pk>/state/", maker.move, name="move"),
    path(f"{MINE}<int:pk>/pictures/", photos.photos, name="photos"),
    path(f"{MINE}<int:pk>/certificates/", coverages.mine, name="coverages"),
    path(f"{MINE}pictures/<int:pk>/words/", photos.describe, name="photo_words"),
    path(f"{MINE}pictures/<int:pk>/move/", photos.move, name="photo_move"),
    path(f"{MINE}pictures/<int:pk>/remove/", photos.remove, name="photo_remove"),
    path(f"{MINE}pictures/<int:pk>/back/", photos.back, name="photo_back"),
    path("desk/products/", desk.products, name="desk"),
    path("desk/products/export.xlsx", sheets.export, name="export"),
    path("desk/products/certificates/", coverages.to_confirm, name="to_confirm"),
    path("desk/products/certificates/<int:pk>/", coverages.answer, name="answer"),
]
