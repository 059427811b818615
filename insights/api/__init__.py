"""KPIs and readings for programs: the same figures, status, trust and age as the pages show."""
