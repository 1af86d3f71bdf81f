"""What mentoring is: records, dates and figures. No input or output, no clock, no printing."""
