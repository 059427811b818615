"""What every door of the API has in common: who asks, what a key may, how trouble is told, how lists are paged."""
