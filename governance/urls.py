"""The pages of governance."""

from django.urls import path

from governance.views import confirmations, cycle, plans, reviews

urlpatterns = [
    path("w/<slug:slug>/reviews/", reviews.index, name="reviews"),
    path("w/<slug:slug>/reviews.csv", reviews.index_csv, name="reviews_csv"),
    path("w/<slug:slug>/reviews/alignment/", plans.align, name="review_alignment"),
    path("w/<slug:slug>/reviews/confirmations/", confirmations.many, name="confirmations"),
    path("w/<slug:slug>/reviews/<int:pk>/steps/", cycle.steps, name="review_steps"),
    path("w/<slug:slug>/reviews/<int:pk>/closure/", cycle.closure, name="review_closure"),
    path("w/<slug:slug>/touchpoints/<int:pk>/confirmations/", confirmations.one, name="touchpoint_confirmations"),
    path("w/<slug:slug>/maps/<int:pk>/review/", cycle.show, name="map_review"),
    path("w/<slug:slug>/maps/<int:pk>/review-plan/", plans.edit, name="review_plan"),
]
