"""What one lesson has besides: the interview desk, the release, the dashboard of the incident."""
