"""What departments must sign for: signing, handing over, asking for an adjustment and deciding it. Start at views.py.

page.py builds the page of one undertaking with the forms this post may use now; acts.py has one view a form."""
