#include "client/desktop/activation.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace prism::desktop {

namespace {

const QLatin1String periodField("period"), pageField("page");

} // namespace

QByteArray Activation::toMessage() const
{
    QJsonObject object;
    if (period)
        object.insert(periodField, QString(protocol::toString(*period)));
    if (page)
        object.insert(pageField, ui::toString(*page));
    return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
}

std::optional<Activation> Activation::fromMessage(const QByteArray& message)
{
    const QJsonDocument document = QJsonDocument::fromJson(message);
    if (message.size() > longest || !document.isObject())
        return std::nullopt;
    return Activation{protocol::periodFromString(document[periodField].toString()),
                      ui::pageFromString(document[pageField].toString())};
}

} // namespace prism::desktop
