#include "server/api/cctray.h"

#include "shared/protocol/try.h"

namespace prism::api {

using protocol::CheckStatus;
using protocol::GateState;

namespace {

/// What XML 1.0 has no place for, however it is written.
bool hasNoPlace(char32_t character)
{
    return character < 0x20 || character == 0xFFFE || character == 0xFFFF ||
           (character >= 0xD800 && character <= 0xDFFF);
}

void addAttribute(QByteArray& xml, QByteArrayView name, const QString& text)
{
    xml += ' ' + name.toByteArray() + "=\"";
    const QList<uint> characters = text.toUcs4();
    for (const uint character : characters) {
        switch (character) {
        case '&':
            xml += "&amp;";
            break;
        case '<':
            xml += "&lt;";
            break;
        case '>':
            xml += "&gt;";
            break;
        case '"':
            xml += "&quot;";
            break;
        case '\t':
        case '\n':
        case '\r':
            xml += "&#" + QByteArray::number(character) + ';';
            break;
        default: {
            const char32_t shown = hasNoPlace(character) ? U'\uFFFD' : char32_t(character);
            xml += QString::fromUcs4(&shown, 1).toUtf8();
        }
        }
    }
    xml += '"';
}

/// A warning lets a build go on.
QByteArray projectOf(const GateState& gate)
{
    const QString& project = gate.name.project;
    QByteArray xml("  <Project");
    addAttribute(xml, "name", project.isEmpty() ? gate.name.gate : project + u'/' + gate.name.gate);
    addAttribute(xml, "activity", QStringLiteral("Sleeping"));
    addAttribute(xml, "lastBuildStatus",
                 gate.status == CheckStatus::Blocked ? QStringLiteral("Failure") : QStringLiteral("Success"));
    addAttribute(xml, "lastBuildLabel", gate.commit.isEmpty() ? gate.checkId : gate.commit);
    addAttribute(xml, "lastBuildTime", protocol::toIso(gate.timestamp));
    addAttribute(xml, "webUrl", gate.url);
    xml += "/>\n";
    return xml;
}

} // namespace

protocol::Result<QByteArray> cctrayOf(store::GateReader gates, const QStringList& projects)
{
    QByteArray xml("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Projects>\n");
    store::PageRoom room(store::mostListBytes);
    bool isWhole = true;
    for (const bool blocked : {true, false}) {
        if (!isWhole)
            break;
        PRISM_TRY(gates.forEach(projects, blocked, [&](const GateState& gate) {
            const QByteArray element = projectOf(gate);
            isWhole = room.take(element.size());
            if (isWhole)
                xml += element;
            return isWhole;
        }));
    }
    if (!isWhole)
        xml += "  <!-- There are more gates. Ask for one project: ?project=NAME -->\n";
    xml += "</Projects>\n";
    return xml;
}

} // namespace prism::api
