#pragma once

#include "client/model/administration.h"

#include <QTimer>
#include <QWidget>

class QDateEdit;
class QLabel;
class QLineEdit;

namespace prism::ui {

class ChoiceBox;

/// Which of what was done is shown: whose, of what kind, on what, and when. Borrows the models.
class AuditFilter : public QWidget
{
    Q_OBJECT

public:
    explicit AuditFilter(model::Administration& administration, QWidget* parent = nullptr);

    model::AuditQuestion question() const;

signals:
    void chosen();

protected:
    void changeEvent(QEvent* event) override;

private:
    enum Span { AnyTime, LastHour, LastDay, LastWeek, LastMonth, ChosenDays, SpanCount };

    void retranslate();
    void fillTokens();
    void onSpan();

    model::Administration& m_administration;
    ChoiceBox* m_whose;
    ChoiceBox* m_kind;
    QLineEdit* m_subject;
    ChoiceBox* m_span;
    QDateEdit* m_from;
    QLabel* m_to;
    QDateEdit* m_until;
    QTimer m_pause; ///< while somebody types
};

} // namespace prism::ui
