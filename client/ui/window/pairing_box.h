#pragma once

#include "client/model/pairing.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QLineEdit;
class QPushButton;

namespace prism::ui {

class Text;

/// How somebody without a token is let in: a name, and then the code that an admin has to type, for how long
/// it is good, and what became of it. Borrows the pairing.
class PairingBox : public QWidget
{
    Q_OBJECT

public:
    explicit PairingBox(model::Pairing& pairing, QWidget* parent = nullptr);

protected:
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void layOut();
    void retranslate();
    void follow();
    void showLeft();
    void ask();
    QString said() const;

    model::Pairing& m_pairing;
    Text* m_title;
    Text* m_what;
    QLabel* m_label;
    QLineEdit* m_name;
    QPushButton* m_ask;
    QLineEdit* m_code;
    Text* m_left;
    Text* m_how;
    Text* m_command;
    Text* m_said;
    QTimer m_tick; ///< while somebody sees what is left
};

} // namespace prism::ui
