"""The definitions of the numbers of this app. Pure arithmetic."""


def opportunity_score(importance: int | None, satisfaction: int | None) -> int | None:
    """Return how much a need is worth serving better, from 1 to 19; None while either is not said.

    Both are from 1 to 10: how important the need is to customers, and how satisfied they are with how it is met today.
    Opportunity = importance + max(importance - satisfaction, 0). Source: Anthony W. Ulwick, "Turn Customer Input into
    Innovation", Harvard Business Review 80/1 (January 2002). Over 10 it is worth a look, over 15 it is high. There the
    two are ten times the share of customers who rate a need 4 or 5 of 5; here they are what the team says they are.

    Important and badly met, 9 and 3, is 9 + 6 = 15. Important and well met, 9 and 9, is 9. Over-served, 4 and 8, is 4.
    """
    if importance is None or satisfaction is None:
        return None
    return importance + max(importance - satisfaction, 0)
