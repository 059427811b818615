"""The pages of governance."""

from django.urls import path

from governance.views import plans, reviews

urlpatterns = [
    path("w/<slug:slug>/reviews/", reviews.index, name="reviews"),
    path("w/<slug:slug>/reviews.csv", reviews.index_csv, name="reviews_csv"),
    path("w/<slug:slug>/reviews/alignment/", plans.align, name="review_alignment"),
    path("w/<slug:slug>/maps/<int:pk>/review-plan/", plans.edit, name="review_plan"),
]
