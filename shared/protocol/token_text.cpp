#include "shared/protocol/token_text.h"

#include <QCryptographicHash>

#include <algorithm>

namespace prism::protocol {

namespace {

constexpr QByteArrayView prefix("prism_");
constexpr char separator = '_';
constexpr qsizetype longestToken = 200;

bool isPlain(QByteArrayView text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
    });
}

} // namespace

QString tokenText(const TokenText& token)
{
    return QString::fromLatin1(prefix) + token.id + QLatin1Char(separator) +
           QString::fromLatin1(token.secret);
}

std::optional<TokenText> readToken(QByteArrayView text)
{
    if (text.size() > longestToken || !text.startsWith(prefix))
        return std::nullopt;
    const QByteArrayView rest = text.sliced(prefix.size());
    const qsizetype end = rest.indexOf(separator);
    if (end < 0 || !isPlain(rest.first(end)) || !isPlain(rest.sliced(end + 1)))
        return std::nullopt;
    return TokenText{QString::fromLatin1(rest.first(end)), rest.sliced(end + 1).toByteArray()};
}

QByteArray hashOfSecret(const QByteArray& secret)
{
    return QCryptographicHash::hash(secret, QCryptographicHash::Sha256);
}

bool areSameHashes(const QByteArray& a, const QByteArray& b)
{
    unsigned difference = unsigned(a.size() != b.size());
    for (qsizetype i = 0; i < std::min(a.size(), b.size()); ++i)
        difference |= unsigned(quint8(a[i] ^ b[i]));
    return difference == 0;
}

} // namespace prism::protocol
