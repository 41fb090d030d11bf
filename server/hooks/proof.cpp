#include "server/hooks/proof.h"

#include <QCryptographicHash>
#include <QMessageAuthenticationCode>

#include <algorithm>
#include <optional>

namespace prism::hooks {

namespace {

constexpr QCryptographicHash::Algorithm algorithm = QCryptographicHash::Sha256;

/// Compares hashes of both, to the end, so that the time it takes tells neither where they differ nor how
/// long they are.
bool areSame(const QByteArray& a, const QByteArray& b)
{
    const QByteArray hashOfA = QCryptographicHash::hash(a, algorithm);
    const QByteArray hashOfB = QCryptographicHash::hash(b, algorithm);
    unsigned difference = 0;
    for (qsizetype i = 0; i < hashOfA.size(); ++i)
        difference |= unsigned(quint8(hashOfA[i] ^ hashOfB[i]));
    return difference == 0;
}

QByteArray signatureOf(const QByteArray& key, const QByteArray& text)
{
    return QMessageAuthenticationCode::hash(text, key, algorithm);
}

bool isFresh(const QByteArray& seconds, protocol::Timestamp now, std::chrono::seconds tolerance)
{
    constexpr qint64 farthest = 1'000'000'000'000;
    bool isNumber = false;
    const qint64 number = seconds.toLongLong(&isNumber);
    if (!isNumber || number < 0 || number > farthest)
        return false;
    const std::chrono::sys_seconds made{std::chrono::seconds(number)};
    return made >= now - tolerance && made <= now + tolerance;
}

/// Nothing where it was not signed with this secret; else whether that was done lately.
std::optional<bool> standardSignature(const QByteArray& secret, const QByteArray& body,
                                      const HeaderOf& headerOf, protocol::Timestamp now,
                                      std::chrono::seconds tolerance)
{
    const QByteArray given = headerOf("webhook-signature");
    if (given.isEmpty() || !secret.startsWith(secretPrefix))
        return std::nullopt;
    const QByteArray key = QByteArray::fromBase64(secret.sliced(secretPrefix.size()));
    const QByteArray time = headerOf("webhook-timestamp");
    const QByteArray right =
        "v1," + signatureOf(key, headerOf("webhook-id") + '.' + time + '.' + body).toBase64();
    constexpr qsizetype most = 10; // of which there is one for each key that is in use
    const QList<QByteArray> signatures = given.split(' ').first(std::min(most, given.count(' ') + 1));
    bool isRight = false;
    for (const QByteArray& each : signatures)
        isRight = areSame(each, right) || isRight;
    return isRight ? std::optional(isFresh(time, now, tolerance)) : std::nullopt;
}

bool knowsSecret(Provider provider, const QByteArray& secret, const QByteArray& body,
                 const HeaderOf& headerOf, protocol::Timestamp now, std::chrono::seconds tolerance)
{
    switch (provider) {
    case Provider::Github:
        return areSame(headerOf("x-hub-signature-256"), "sha256=" + signatureOf(secret, body).toHex());
    case Provider::Sonarqube:
        return areSame(headerOf("x-sonar-webhook-hmac-sha256"), signatureOf(secret, body).toHex());
    case Provider::Gitlab:
        break;
    }
    if (const auto isFreshOne = standardSignature(secret, body, headerOf, now, tolerance))
        return *isFreshOne;
    return areSame(headerOf("x-gitlab-token"), secret);
}

} // namespace

/// Where there is no secret there is nothing to know.
bool isProven(Provider provider, const QByteArray& secret, const QByteArray& body, const HeaderOf& headerOf,
              protocol::Timestamp now, std::chrono::seconds tolerance)
{
    return knowsSecret(provider, secret, body, headerOf, now, tolerance) && !secret.isEmpty();
}

} // namespace prism::hooks
