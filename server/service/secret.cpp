#include "server/service/secret.h"

#include <QRandomGenerator>

#include <array>

namespace prism::service {

QByteArray makeSecret()
{
    std::array<quint32, 8> bits{};
    QRandomGenerator::system()->fillRange(bits.data(), qsizetype(bits.size()));
    return QByteArray(reinterpret_cast<const char*>(bits.data()), sizeof(bits)).toHex();
}

} // namespace prism::service
