#pragma once

#include "server/service/actor.h"
#include "server/service/encoded.h"
#include "server/store/tables/settings_book.h"
#include "server/store/writing/transaction.h"

#include <QJsonObject>

namespace prism::service {

/// A mute that has been ended.
struct EndedMute
{
    template <typename Self>
    static auto fields(Self& /*self*/)
    {
        return std::tuple<>();
    }
};

/// How what can be set while the server runs is changed: in the order of the commits, each change merged into
/// what the one before left. It holds from when it is on disk, and that is before anybody hears of it. On the
/// writer's thread; the book outlives it.
class Settings
{
public:
    explicit Settings(store::SettingsBook& book)
        : m_book(book)
    {
    }

    /// What is given replaces what is there. Returns all settings. Validation.
    protocol::Result<Encoded> change(store::Transaction& transaction, const Actor& actor,
                                     const QJsonObject& changes) const;

    /// Replaces the mute of the same kind, if there is one. Returns the mute.
    protocol::Result<Encoded> mute(store::Transaction& transaction, const Actor& actor,
                                   const protocol::Mute& mute) const;

    /// NotFound when nothing of this kind is muted.
    protocol::Result<EndedMute> unmute(store::Transaction& transaction, const Actor& actor,
                                       protocol::AlertKind kind) const;

private:
    template <typename Merge>
    protocol::Result<QByteArray> write(store::Transaction& transaction, const Actor& actor,
                                       const char* action, const Merge& merge) const;

    store::SettingsBook& m_book;
};

} // namespace prism::service
