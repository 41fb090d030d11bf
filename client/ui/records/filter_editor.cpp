#include "client/ui/records/filter_editor.h"

#include "client/ui/records/record_words.h"
#include "client/ui/widgets/format.h"
#include "client/ui/widgets/text.h"

#include <QEvent>
#include <QGridLayout>
#include <QJsonArray>
#include <QLineEdit>
#include <QRegularExpression>

namespace prism::ui {

namespace {

/// One text, or a list of several; nothing for none.
QJsonValue valueOf(const QString& name, const QString& typed)
{
    static const QRegularExpression comma(QStringLiteral("[,\uff0c]"));
    QStringList texts;
    const QStringList parts = typed.split(comma);
    for (const QString& part : parts) {
        if (const QString text = part.trimmed(); !text.isEmpty())
            texts.append(RecordWords::filterValue(name, text));
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
        connect(row.texts, &QLineEdit::textChanged, this,
                [this, number = m_rows.size()] { read(m_rows[number]); });
        m_rows.append(row);
    }
    grid->setColumnStretch(1, 1);
    setFocusProxy(m_rows.constFirst().texts);
    retranslate();
}

void FilterEditor::setFilters(const QJsonObject& filters)
{
    m_given = filters;
    for (Row& row : m_rows) {
        row.value = filters.value(row.name);
        row.texts->setText(RecordWords::filterTexts(row.name, row.value));
    }
}

/// What was not touched keeps its form: a list of one text is not the same as a text.
void FilterEditor::read(Row& row)
{
    const QJsonValue given = m_given.value(row.name);
    const bool isUntouched = row.texts->text() == RecordWords::filterTexts(row.name, given);
    row.value = isUntouched ? given : valueOf(row.name, row.texts->text());
}

QJsonObject FilterEditor::filters() const
{
    QJsonObject filters = m_given;
    for (const Row& row : m_rows) {
        if (row.value.isUndefined())
            filters.remove(row.name);
        else
            filters.insert(row.name, row.value);
    }
    return filters;
}

void FilterEditor::retranslate()
{
    for (const Row& row : std::as_const(m_rows)) {
        const QStringList words = RecordWords::filterChoices(row.name);
        if (!words.isEmpty()) // in another language they are others
            row.texts->setText(RecordWords::filterTexts(row.name, row.value));
        const QString word = RecordWords::filter(row.name);
        row.label->setText(word);
        row.texts->setPlaceholderText(words.isEmpty() ? tr("any") : tr("any of %1").arg(Format::list(words)));
        row.texts->setAccessibleName(tr("Filter: %1").arg(word));
        row.texts->setAccessibleDescription(tr("One or more, parted by commas"));
        row.texts->setToolTip(tr("One or more, parted by commas"));
    }
}

void FilterEditor::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace prism::ui
