"""What insights adds to pages: KPIs of a touchpoint and of a map, columns of the touchpoint list."""
