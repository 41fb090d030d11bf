#include "server/service/settings.h"

#include "server/service/change.h"
#include "server/store/tables/settings_writer.h"
#include "shared/protocol/event_data.h"
#include "shared/protocol/json_writer.h"
#include "shared/protocol/try.h"

#include <algorithm>

namespace prism::service {

using protocol::AlertKind;
using protocol::Error;
using protocol::ErrorCode;
using protocol::Failure;
using protocol::Mute;
using protocol::Result;
using store::Transaction;

namespace {

protocol::Settings without(protocol::Settings settings, AlertKind kind)
{
    settings.mutes.removeIf([&](const Mute& mute) { return mute.kind == kind; });
    return settings;
}

protocol::Settings with(protocol::Settings settings, const Mute& mute)
{
    settings = without(std::move(settings), mute.kind);
    settings.mutes.append(mute);
    std::sort(settings.mutes.begin(), settings.mutes.end(),
              [](const Mute& a, const Mute& b) { return a.kind < b.kind; });
    return settings;
}

} // namespace

/// The settings as they are then, encoded.
template <typename Merge>
Result<QByteArray> Settings::write(Transaction& transaction, const Actor& actor, const char* action,
                                   const Merge& merge) const
{
    store::SettingsWriter& table = transaction.settings();
    const protocol::Timestamp now = protocol::now();
    PRISM_TRY_ASSIGN(const protocol::Settings& before, table.settings());
    PRISM_TRY_ASSIGN(const protocol::Settings after, merge(before.asOf(now)));
    const QByteArray encodedBefore = encode(before);
    PRISM_TRY(table.setSettings(after));
    if (before.mainBranches != after.mainBranches)
        PRISM_TRY(transaction.gates().beginRecount());
    QByteArray encoded = encode(after);
    Change change(transaction, actor);
    PRISM_TRY(change.note(action, QStringLiteral("settings"), encodedBefore, encoded));
    PRISM_TRY(change.announce(protocol::event_type::settingsUpdated, QString(),
                              encode(protocol::SettingsUpdated{after, now}), now));
    transaction.whenCommitted([&book = m_book, after] { book.publish(after); });
    return encoded;
}

Result<Encoded> Settings::change(Transaction& transaction, const Actor& actor,
                                 const QJsonObject& changes) const
{
    PRISM_TRY_ASSIGN(QByteArray encoded,
                     write(transaction, actor, "settings.update", [&](const protocol::Settings& now) {
                         return protocol::changedSettings(now, changes);
                     }));
    return Encoded{std::move(encoded)};
}

Result<Encoded> Settings::mute(Transaction& transaction, const Actor& actor, const Mute& mute) const
{
    PRISM_TRY(
        write(transaction, actor, "alert.mute",
              [&](const protocol::Settings& now) -> Result<protocol::Settings> { return with(now, mute); }));
    return Encoded{protocol::writtenJson(toJson(mute))};
}

Result<EndedMute> Settings::unmute(Transaction& transaction, const Actor& actor, AlertKind kind) const
{
    PRISM_TRY(write(transaction, actor, "alert.unmute",
                    [&](const protocol::Settings& now) -> Result<protocol::Settings> {
                        protocol::Settings after = without(now, kind);
                        if (after == now)
                            return Failure(Error{ErrorCode::NotFound,
                                                 QStringLiteral("This kind of alert is not muted.")});
                        return after;
                    }));
    return EndedMute{};
}

} // namespace prism::service
