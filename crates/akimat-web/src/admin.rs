//! The officers' workplace: registers, imports, recommendations, moderation, accounts.

use crate::routes::Routes;

/// The addresses of the workplace.
pub fn routes(routes: Routes) -> Routes {
    routes
}
