#include "client/ui/records/record_conflict.h"

#include "client/model/record_editor.h"
#include "client/ui/records/choice_card.h"
#include "client/ui/records/record_words.h"
#include "client/ui/widgets/form_scroll.h"
#include "client/ui/widgets/text.h"

#include <QButtonGroup>
#include <QPushButton>
#include <QVBoxLayout>

namespace prism::ui {

using model::RecordEditor;
using model::RecordField;
using Outcome = model::RecordMerge::Outcome;
using Side = model::RecordMerge::Side;

namespace {

QString wireName(RecordField field)
{
    constexpr std::array names{"name", "type", "description", "metrics", "period", "filters"};
    return QString::fromLatin1(names[std::size_t(field)]);
}

} // namespace

RecordConflict::RecordConflict(RecordEditor& editor, QWidget* parent)
    : Panel(parent)
    , m_editor(editor)
    , m_intro(new Text(TextRole::Body, Text::Ink::Muted))
    , m_scroll(new FormScroll)
    , m_save(new QPushButton)
    , m_back(new QPushButton)
{
    m_intro->setWordWrap(true);
    m_save->setObjectName(QStringLiteral("merge-save"));
    m_save->setProperty("primary", true);
    m_back->setObjectName(QStringLiteral("merge-back"));
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(space::small);
    buttons->addWidget(m_save);
    buttons->addWidget(m_back);
    buttons->addStretch(1);
    body()->addWidget(m_intro);
    body()->addWidget(m_scroll, 1);
    body()->addLayout(buttons);
    connect(m_save, &QPushButton::clicked, &editor, &RecordEditor::saveMerged);
    connect(m_back, &QPushButton::clicked, &editor, &RecordEditor::leaveConflict);
    connect(&editor, &RecordEditor::changed, this, &RecordConflict::follow);
    RecordConflict::retranslate();
}

void RecordConflict::follow()
{
    const bool isOpen = m_editor.state() == RecordEditor::State::Conflict;
    if (isOpen && !m_built)
        rebuild();
    m_built = isOpen;
    updateButtons();
}

void RecordConflict::rebuild()
{
    // Not deleted at once: this may be called while Qt goes through all widgets, for another theme.
    if (QWidget* old = m_scroll->takeWidget())
        old->deleteLater();
    m_scroll->setWidget(build());
    QWidget* before = nullptr; // they came last, and stand before the buttons
    const QList<ChoiceCard*> cards = m_scroll->widget()->findChildren<ChoiceCard*>();
    for (QWidget* card : cards) {
        if (before)
            setTabOrder(before, card);
        before = card;
    }
    if (before)
        setTabOrder(before, m_save);
    setTabOrder(m_save, m_back);
}

QWidget* RecordConflict::entrance() const
{
    QWidget* card = m_scroll->widget() ? m_scroll->widget()->findChild<ChoiceCard*>() : nullptr;
    return card ? card : m_back;
}

QWidget* RecordConflict::build()
{
    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, space::small, 0);
    column->setSpacing(space::small);
    for (const RecordField field : model::allRecordFields) {
        if (m_editor.merge()->outcome(field) == Outcome::Conflict)
            addChoice(column, field);
    }
    bool first = true;
    for (const RecordField field : model::allRecordFields) {
        const Outcome outcome = m_editor.merge()->outcome(field);
        if (outcome != Outcome::Mine && outcome != Outcome::Theirs)
            continue;
        if (std::exchange(first, false)) {
            auto* heading = new Text(TextRole::Strong);
            heading->setText(tr("Brought together"));
            column->addSpacing(space::small);
            column->addWidget(heading);
        }
        addMerged(column, field);
    }
    column->addStretch(1);
    return content;
}

void RecordConflict::addChoice(QVBoxLayout* column, RecordField field)
{
    auto* name = new Text(TextRole::Strong);
    name->setText(RecordWords::field(field));
    column->addWidget(name);
    auto* pair = new QHBoxLayout;
    pair->setSpacing(space::small);
    auto* group = new QButtonGroup(name);
    for (const Side side : {Side::Mine, Side::Theirs}) {
        const bool mine = side == Side::Mine;
        const QString value =
            RecordWords::value(field, mine ? m_editor.merge()->mine() : m_editor.merge()->theirs());
        auto* half = new QVBoxLayout;
        half->setSpacing(space::tiny);
        auto* caption = new Text(TextRole::Caption, Text::Ink::Muted);
        caption->setText(mine ? tr("Yours") : tr("Theirs"));
        auto* card = new ChoiceCard(value);
        card->setObjectName((mine ? QStringLiteral("mine-") : QStringLiteral("theirs-")) + wireName(field));
        card->setAccessibleName(tr("%1, %2: %3", "field, yours or theirs, value")
                                    .arg(RecordWords::field(field), caption->text(), value));
        card->setAccessibleDescription(tr("Takes this value"));
        card->setChecked(m_editor.merge()->choice(field) == side);
        group->addButton(card);
        half->addWidget(caption);
        half->addWidget(card, 1);
        pair->addLayout(half, 1);
        connect(card, &ChoiceCard::clicked, this, [this, field, side] { m_editor.choose(field, side); });
    }
    column->addLayout(pair);
}

void RecordConflict::addMerged(QVBoxLayout* column, RecordField field)
{
    const bool mine = m_editor.merge()->outcome(field) == Outcome::Mine;
    auto* line = new Text(TextRole::Body, Text::Ink::Muted);
    line->setWordWrap(true);
    const QString value = RecordWords::value(field, m_editor.merge()->merged());
    line->setText(mine ? tr("%1: %2 (you changed it)").arg(RecordWords::field(field), value)
                       : tr("%1: %2 (they changed it)").arg(RecordWords::field(field), value));
    column->addWidget(line);
}

void RecordConflict::updateButtons()
{
    m_save->setEnabled(m_editor.merge() && m_editor.merge()->isDecided());
}

void RecordConflict::retranslate()
{
    setTitle(tr("You both changed this record"));
    m_intro->setText(
        tr("Somebody else saved this record while you edited it. Choose for each field that you both "
           "changed; the rest is brought together by itself."));
    m_save->setText(tr("Save the merged record"));
    m_save->setAccessibleName(m_save->text());
    m_save->setAccessibleDescription(tr("Possible once there is a choice for each field"));
    m_back->setText(tr("Back to editing"));
    m_back->setAccessibleName(m_back->text());
    m_back->setAccessibleDescription(tr("Nothing is saved, and your own words stay"));
    if (m_editor.merge())
        rebuild();
    updateButtons();
}

} // namespace prism::ui
