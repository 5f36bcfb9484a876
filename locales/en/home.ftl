### Home page.

home-title = See what is being built near you and what it costs
home-intro = Budgets, projects, forecasts and decisions in one place, every figure with its source.
home-find-heading = Find your territory
home-map-heading = Or choose on the map
home-demo-heading = See how it works
home-demo-body = The invented territory { $name } shows the whole way from the budget to a resident’s rating.
home-demo-open = Open the demonstration district
home-what-heading = What you can do here
home-what-budget-heading = Understand the budget
home-what-budget = Where the money comes from, what it is spent on, and whether the figures add up.
home-what-projects-heading = Follow the projects
home-what-projects = Who the contractor is, what has been paid, what is ready, and why it is late.
home-what-voice-heading = Have your say
home-what-voice = Rate a project, comment on it and read the official reply.
home-what-check-heading = Check
home-what-check = How accurate past forecasts were, and why a decision is what it is.
home-latest-updates = Latest news
home-latest-none = There is no news yet.
home-figures-heading = In figures
