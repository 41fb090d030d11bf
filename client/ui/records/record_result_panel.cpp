#include "client/ui/records/record_result_panel.h"

#include "client/model/record_run.h"
#include "client/ui/records/record_words.h"
#include "client/ui/widgets/error_words.h"
#include "client/ui/widgets/focus.h"
#include "client/ui/widgets/foreign_text.h"
#include "client/ui/widgets/format.h"
#include "client/ui/widgets/table_looks.h"
#include "client/ui/widgets/terms.h"
#include "client/ui/widgets/text.h"

#include <QDateTime>
#include <QHeaderView>
#include <QPushButton>
#include <QShortcut>
#include <QTableWidget>
#include <QVBoxLayout>

namespace prism::ui {

RecordResultPanel::RecordResultPanel(model::RecordRun& run, QWidget* parent)
    : Panel(parent)
    , m_run(run)
    , m_note(new Text(TextRole::Body, Text::Ink::Muted))
    , m_table(new QTableWidget(0, 2))
    , m_again(new QPushButton)
    , m_close(new QPushButton)
{
    giveTableLooks(m_table);
    m_table->setObjectName(QStringLiteral("record-result"));
    m_table->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_table->horizontalHeader()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    m_note->setWordWrap(true);
    m_note->setObjectName(QStringLiteral("result-note"));
    m_again->setObjectName(QStringLiteral("result-again"));
    m_close->setObjectName(QStringLiteral("result-close"));
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(space::small);
    buttons->addWidget(m_again);
    buttons->addWidget(m_close);
    buttons->addStretch(1);
    body()->addWidget(m_note);
    body()->addWidget(m_table, 1);
    body()->addLayout(buttons);
    connect(m_again, &QPushButton::clicked, &run, &model::RecordRun::again);
    connect(m_close, &QPushButton::clicked, &run, &model::RecordRun::close);
    auto* leaves = new QShortcut(Qt::Key_Escape, this, nullptr, nullptr, Qt::WidgetWithChildrenShortcut);
    connect(leaves, &QShortcut::activated, m_close, &QPushButton::click);
    connect(&run, &model::RecordRun::changed, this, &RecordResultPanel::retranslate);
    RecordResultPanel::retranslate();
}

QWidget* RecordResultPanel::entrance() const
{
    return m_close;
}

QString RecordResultPanel::noteText() const
{
    if (const auto& error = m_run.error())
        return tr("It could not be run: %1")
            .arg(ErrorWords(locale()).sentence(*error, RecordWords::fieldLabel));
    const auto& result = m_run.result();
    if (!result)
        return m_run.isRunning() ? tr("Computing…") : QString();
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(protocol::toMillis(result->origin.generatedAt));
    QStringList parts{RecordWords::period(result->period)};
    if (const QString filters = RecordWords::filters(result->filters); !filters.isEmpty())
        parts.append(filters);
    parts.append(tr("as of %1").arg(Format(locale()).moment(time, QDateTime::currentDateTime())));
    return parts.join(QStringLiteral(" · "));
}

void RecordResultPanel::fillTable()
{
    const auto& result = m_run.result();
    const RecordWords words(locale());
    m_table->setRowCount(result ? int(result->metrics.size()) : 0);
    for (int row = 0; row < m_table->rowCount(); ++row) {
        const protocol::MetricValue& metric = result->metrics[row];
        auto* value = new QTableWidgetItem(words.metricValue(metric));
        value->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
        value->setFont(fontFor(TextRole::Strong));
        m_table->setItem(row, 0, new QTableWidgetItem(Terms::metric(metric.name)));
        m_table->setItem(row, 1, value);
    }
    m_table->setHorizontalHeaderLabels({tr("Metric"), tr("Value")});
    m_table->horizontalHeaderItem(1)->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
}

void RecordResultPanel::retranslate()
{
    setTitle(m_run.record() ? isolated(m_run.record()->name) : tr("Result"));
    m_note->setText(noteText());
    m_note->setInk(m_run.error() ? Text::Ink::Bad : Text::Ink::Muted);
    fillTable();
    m_table->setAccessibleName(tr("Result"));
    m_table->setAccessibleDescription(m_note->text().isEmpty() ? tr("Each metric with its value")
                                                               : m_note->text());
    m_again->setText(tr("Run again"));
    if (m_run.isRunning())
        yieldFocus(*m_again, *m_close);
    m_again->setEnabled(!m_run.isRunning());
    m_again->setAccessibleName(m_again->text());
    m_again->setAccessibleDescription(tr("Computes it anew"));
    m_close->setText(tr("Close"));
    m_close->setToolTip(tr("Close (Esc)"));
    m_close->setAccessibleName(m_close->text());
    m_close->setAccessibleDescription(tr("Closes the result"));
}

} // namespace prism::ui
