"""What programs post: releases that went live, and results of test tools."""
