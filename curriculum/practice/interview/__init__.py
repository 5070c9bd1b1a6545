"""Interview practice: the question bank, the checks of STAR answers, notes, integrity, calibration, mock interview."""
