#pragma once

#include "client/model/record_fields.h"
#include "shared/protocol/settings.h"

#include <QUrl>

namespace prism::model {

/// A record that somebody has begun to write.
struct UnsavedRecord
{
    std::optional<protocol::Record> base; ///< as it was begun with; nothing of a new one
    RecordFields fields;                  ///< as they are typed by now
    bool wasRemoved = false;              ///< there was one, and it was deleted since

    bool operator==(const UnsavedRecord&) const = default;
};

/// Settings of the server that somebody has begun to change.
struct UnsavedSettings
{
    protocol::Settings base; ///< as they were begun with
    QJsonObject changes;     ///< as protocol::changesBetween() has them

    bool operator==(const UnsavedSettings&) const = default;
};

/// What the rows of a list are narrowed down to.
struct Narrowing
{
    QString search;
    int group = 0; ///< of the types that can be chosen, from 0: all

    bool operator==(const Narrowing&) const = default;
};

/// What a person has put into a window and not sent away: kept from one run to the next.
struct Drafts
{
    QUrl server;
    std::optional<UnsavedRecord> record;
    std::optional<UnsavedSettings> settings;
    Narrowing records;
    Narrowing activity;

    bool operator==(const Drafts&) const = default;

    /// Nothing was typed.
    bool isEmpty() const;

    QByteArray encoded() const;

    /// Without what is damaged in it; nothing when all of it is, or means something else.
    static std::optional<Drafts> fromEncoded(const QByteArray& bytes);
};

} // namespace prism::model
