#pragma once

#include "server/rules/rule_book.h"
#include "server/store/database.h"

namespace prism::api {

/// The rules that the database has under this version, or that come with the program for version 0. NotFound
/// when they are no longer kept. What was accepted once holds whatever the limits are now.
protocol::Result<rules::Edition> readRules(store::Database& database, qint64 version);

/// The newest there are.
protocol::Result<rules::Edition> readNewestRules(store::Database& database);

} // namespace prism::api
