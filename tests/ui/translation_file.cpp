#include "tests/ui/translation_file.h"

#include <QFile>
#include <QXmlStreamReader>

namespace prism::test {

namespace {

/// The text of a <translation>, or its plural forms one by one. Stops at its end tag.
QStringList readTranslations(QXmlStreamReader& xml)
{
    QStringList forms;
    QString text;
    while (xml.readNext() != QXmlStreamReader::EndElement && !xml.atEnd()) {
        if (xml.isStartElement())
            forms.append(xml.readElementText());
        else if (xml.isCharacters())
            text += xml.text();
    }
    return forms.isEmpty() ? QStringList(text.trimmed()) : forms;
}

} // namespace

QList<Message> messagesIn(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s cannot be read", qPrintable(path));
    QXmlStreamReader xml(&file);
    QList<Message> messages;
    QString context;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (xml.name() == QLatin1String("name"))
            context = xml.readElementText();
        else if (xml.name() == QLatin1String("message"))
            messages.append(Message{});
        else if (xml.name() == QLatin1String("source"))
            messages.last().source = xml.readElementText();
        else if (xml.name() == QLatin1String("comment"))
            messages.last().key = xml.readElementText();
        else if (xml.name() == QLatin1String("translation")) {
            messages.last().finished = !xml.attributes().hasAttribute(QLatin1String("type"));
            messages.last().key.prepend(context + QLatin1Char('|') + messages.last().source +
                                        QLatin1Char('|'));
            messages.last().translations = readTranslations(xml);
        }
    }
    return messages;
}

QList<Message> messagesOf(const QString& language)
{
    return messagesIn(qEnvironmentVariable("PRISM_SOURCE_DIR") +
                      QStringLiteral("/resources/translations/prism_%1.ts").arg(language));
}

} // namespace prism::test
