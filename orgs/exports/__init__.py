"""What orgs gives out as files."""
