#include "client/desktop/activation.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace prism::desktop {

namespace {

const QLatin1String periodKey("period"), pageKey("page");

} // namespace

QByteArray Activation::toMessage() const
{
    QJsonObject object;
    if (period)
        object.insert(periodKey, QString(protocol::toString(*period)));
    if (page)
        object.insert(pageKey, ui::toString(*page));
    return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
}

std::optional<Activation> Activation::fromMessage(const QByteArray& message)
{
    const QJsonDocument document = QJsonDocument::fromJson(message);
    if (message.size() > longest || !document.isObject())
        return std::nullopt;
    return Activation{protocol::periodFromString(document[periodKey].toString()),
                      ui::pageFromString(document[pageKey].toString())};
}

} // namespace prism::desktop
