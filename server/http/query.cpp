#include "server/http/query.h"

#include "shared/protocol/utf8.h"

namespace prism::http {

namespace {

QString formDecoded(QByteArrayView part)
{
    if (!part.contains('+'))
        return percentDecoded(part);
    QByteArray text = part.toByteArray();
    return percentDecoded(text.replace('+', ' '));
}

bool isSame(QByteArrayView encoded, const QString& name)
{
    const bool isPlain = !encoded.contains('%') && !encoded.contains('+');
    const QUtf8StringView plain(encoded.data(), encoded.size());
    return isPlain ? QAnyStringView(plain) == QAnyStringView(name) : formDecoded(encoded) == name;
}

} // namespace

QString percentDecoded(QByteArrayView part)
{
    if (!part.contains('%'))
        return protocol::textOfUtf8(part);
    return protocol::textOfUtf8(QByteArray::fromPercentEncoding(part.toByteArray()));
}

template <typename Take>
void Query::visit(const QString& name, const Take& take) const
{
    const QByteArrayView all(m_encoded);
    for (qsizetype from = 0; from < all.size();) {
        const qsizetype found = all.indexOf('&', from);
        const qsizetype end = found < 0 ? all.size() : found;
        const QByteArrayView item = all.sliced(from, end - from);
        from = end + 1;
        const qsizetype equals = item.indexOf('=');
        const bool hasValue = equals >= 0;
        if (item.isEmpty() || !isSame(hasValue ? item.first(equals) : item, name))
            continue;
        if (!take(hasValue ? item.sliced(equals + 1) : QByteArrayView()))
            return;
    }
}

std::optional<QString> Query::value(const QString& name) const
{
    std::optional<QString> first;
    visit(name, [&first](QByteArrayView encoded) {
        first = formDecoded(encoded);
        return false;
    });
    return first;
}

QStringList Query::values(const QString& name) const
{
    QStringList all;
    visit(name, [&all](QByteArrayView encoded) {
        all.append(formDecoded(encoded));
        return true;
    });
    return all;
}

} // namespace prism::http
