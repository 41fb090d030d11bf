#pragma once

#include "server/app/config.h"
#include "server/app/identity.h"
#include "server/rules/rule_book.h"
#include "server/store/database.h"
#include "server/store/tables/hook_book.h"
#include "server/store/tables/settings_book.h"
#include "server/store/tables/token_book.h"

#include <memory>

namespace prism::app {

/// The server's hold on its database, and what was read from it when the hold was taken. The database
/// belongs to the thread that opened it, the rest is used from any.
struct OpenedDatabase
{
    OpenedDatabase(std::unique_ptr<store::Database> claimed, Identity read, const rules::Edition& edition,
                   const protocol::Settings& stored, std::vector<store::Hook> storedHooks,
                   const std::vector<store::Token>& storedTokens)
        : database(std::move(claimed))
        , identity(std::move(read))
        , rules(edition)
        , settings(stored)
        , hooks(std::move(storedHooks))
        , tokens(storedTokens)
    {
    }

    const std::unique_ptr<store::Database> database;
    const Identity identity;
    rules::RuleBook
        rules; ///< the newest that were stored, else those that come with the program; not compiled
    store::SettingsBook settings;
    store::HookBook hooks;
    store::TokenBook tokens;
};

/// What a database is opened for.
enum class Purpose { Serving, Mending };

/// Makes the database where there is none, takes it for this process alone, brings it to what this program
/// reads and writes, and checks that it can be written to. Unavailable with the owner's address among the
/// details when another server has it. For mending, days of another zone are left to that.
protocol::Result<std::unique_ptr<OpenedDatabase>> openDatabase(const Config& config,
                                                               Purpose purpose = Purpose::Serving);

} // namespace prism::app
