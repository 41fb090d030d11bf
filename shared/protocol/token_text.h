#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

namespace prism::protocol {

/// What somebody signs in by: "prism_ID_SECRET".
struct TokenText
{
    QString id; ///< is no secret
    QByteArray secret;

    bool operator==(const TokenText&) const = default;
};

QString tokenText(const TokenText& token);

/// Nothing where it is none, or longer than one can be.
std::optional<TokenText> readToken(QByteArrayView text);

/// What is kept of a secret: its SHA-256. A secret has 256 random bits, so that nobody finds it by trying.
QByteArray hashOfSecret(const QByteArray& secret);

/// Compares hashes to their end, so that the time it takes does not tell where they differ.
bool areSameHashes(const QByteArray& a, const QByteArray& b);

} // namespace prism::protocol
