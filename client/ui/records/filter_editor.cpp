#include "client/ui/records/filter_editor.h"

#include "client/ui/records/record_words.h"
#include "client/ui/widgets/text.h"

#include <QEvent>
#include <QGridLayout>
#include <QJsonArray>
#include <QLineEdit>

namespace prism::ui {

namespace {

/// One text, or a list of several; nothing for none.
QJsonValue valueOf(const QString& typed)
{
    QStringList texts;
    const QStringList parts = typed.split(QLatin1Char(','));
    for (const QString& part : parts) {
        if (const QString text = part.trimmed(); !text.isEmpty())
            texts.append(text);
    }
    if (texts.isEmpty())
        return QJsonValue::Undefined;
    return texts.size() == 1 ? QJsonValue(texts.first()) : QJsonValue(QJsonArray::fromStringList(texts));
}

} // namespace

FilterEditor::FilterEditor(QWidget* parent)
    : QWidget(parent)
{
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(space::medium);
    grid->setVerticalSpacing(space::tiny);
    for (const char* name : {"project", "user", "status", "principle", "severity"}) {
        Row row{QString::fromLatin1(name), new Text(TextRole::Caption, Text::Ink::Muted), new QLineEdit};
        row.texts->setObjectName(QStringLiteral("filter-") + row.name);
        row.label->setBuddy(row.texts);
        grid->addWidget(row.label, int(m_rows.size()), 0);
        grid->addWidget(row.texts, int(m_rows.size()), 1);
        m_rows.append(row);
    }
    grid->setColumnStretch(1, 1);
    setFocusProxy(m_rows.constFirst().texts);
    retranslate();
}

void FilterEditor::setFilters(const QJsonObject& filters)
{
    m_given = filters;
    for (const Row& row : std::as_const(m_rows))
        row.texts->setText(RecordWords::filterTexts(filters.value(row.name)));
}

QJsonObject FilterEditor::filters() const
{
    QJsonObject filters = m_given;
    for (const Row& row : m_rows) {
        // What was not touched keeps its form: a list of one text is not the same as a text.
        if (row.texts->text() == RecordWords::filterTexts(m_given.value(row.name)))
            continue;
        const QJsonValue value = valueOf(row.texts->text());
        if (value.isUndefined())
            filters.remove(row.name);
        else
            filters.insert(row.name, value);
    }
    return filters;
}

void FilterEditor::retranslate()
{
    for (const Row& row : std::as_const(m_rows)) {
        const QString word = RecordWords::filter(row.name);
        row.label->setText(word);
        row.texts->setPlaceholderText(tr("any"));
        row.texts->setAccessibleName(tr("Filter: %1").arg(word));
        row.texts->setAccessibleDescription(tr("One or more, parted by commas"));
        row.texts->setToolTip(tr("One or more, parted by commas"));
    }
    m_rows[2].texts->setPlaceholderText(tr("any of PASS, WARNING, BLOCKED"));
    m_rows[4].texts->setPlaceholderText(tr("any of INFO, WARNING, BLOCK"));
}

void FilterEditor::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace prism::ui
