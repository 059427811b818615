"""What every page needs and no domain knows: htmx, pagination, drawing, components."""
