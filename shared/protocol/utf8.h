#pragma once

#include <QString>
#include <QStringDecoder>

namespace prism::protocol {

/// The text that was encoded as these bytes. QString::fromUtf8() takes a U+FEFF at the start for a mark of
/// the encoding and drops it, which makes two different texts the same one.
inline QString textOfUtf8(QByteArrayView bytes)
{
    if (!bytes.startsWith("\xEF\xBB\xBF"))
        return QString::fromUtf8(bytes.data(), bytes.size());
    using Flag = QStringConverter::Flag;
    return QStringDecoder(QStringDecoder::Utf8, Flag::Stateless | Flag::ConvertInitialBom)(bytes);
}

} // namespace prism::protocol
