"""The pages of governance."""

from django.urls import path

from governance.views import confirmations, cycle, plans, programme, reviews, sharing, sign_off, sponsors, turns

urlpatterns = [
    path("w/<slug:slug>/reviews/", reviews.index, name="reviews"),
    path("w/<slug:slug>/reviews.csv", reviews.index_csv, name="reviews_csv"),
    path("w/<slug:slug>/governance/", programme.index, name="governance"),
    path("w/<slug:slug>/governance.csv", programme.index_csv, name="sponsors_csv"),
    path("w/<slug:slug>/maps/<int:pk>/sponsor/", sponsors.show, name="map_sponsor"),
    path("w/<slug:slug>/handovers/<int:pk>/acceptance/", sponsors.acceptance, name="handover_acceptance"),
    path("w/<slug:slug>/handovers/<int:pk>/refusal/", sponsors.refusal, name="handover_refusal"),
    path("w/<slug:slug>/handovers/<int:pk>/withdrawal/", sponsors.withdrawal, name="handover_withdrawal"),
    path("w/<slug:slug>/reviews/alignment/", plans.align, name="review_alignment"),
    path("w/<slug:slug>/reviews/confirmations/", confirmations.many, name="confirmations"),
    path("w/<slug:slug>/reviews/<int:pk>/steps/", cycle.steps, name="review_steps"),
    path("w/<slug:slug>/reviews/<int:pk>/closure/", cycle.closure, name="review_closure"),
    path("w/<slug:slug>/reviews/<int:pk>/sign-off/", sign_off.sign, name="review_sign_off"),
    path("w/<slug:slug>/reviews/<int:pk>/changes/", sign_off.ask_for_changes, name="review_changes"),
    path("w/<slug:slug>/map-versions/<int:pk>/endorsement/", sign_off.endorse, name="version_endorsement"),
    path("w/<slug:slug>/map-versions/<int:pk>/readers/", sharing.readers, name="version_readers"),
    path("w/<slug:slug>/map-versions/<int:pk>/acknowledgement/", sharing.acknowledge, name="version_acknowledgement"),
    path("w/<slug:slug>/map-versions/<int:pk>/reminder/", sharing.remind, name="version_reminder"),
    path("w/<slug:slug>/maps/<int:pk>/sharing/", sharing.share, name="map_sharing"),
    path("w/<slug:slug>/maps/<int:pk>/second-endorser/", sign_off.second, name="second_endorser"),
    path("w/<slug:slug>/touchpoints/<int:pk>/confirmations/", confirmations.one, name="touchpoint_confirmations"),
    path("w/<slug:slug>/maps/<int:pk>/review/", cycle.show, name="map_review"),
    path("w/<slug:slug>/maps/<int:pk>/review-plan/", plans.edit, name="review_plan"),
    path("w/<slug:slug>/maps/<int:pk>/reviewers/", turns.reviewers, name="map_reviewers"),
    path("w/<slug:slug>/maps/<int:pk>/review-delegation/", turns.delegation, name="review_delegation"),
    path("w/<slug:slug>/maps/<int:pk>/review-return/", turns.handing_back, name="review_return"),
    path("w/<slug:slug>/maps/<int:pk>/review-postponement/", turns.postponement, name="review_postponement"),
    path("w/<slug:slug>/maps/<int:pk>/review-skip/", turns.skip, name="review_skip"),
]
