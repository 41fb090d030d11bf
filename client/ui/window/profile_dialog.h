#pragma once

#include "client/model/profile_store.h"

#include <QDialog>
#include <QHash>

#include <functional>

class QLineEdit;
class QListWidget;
class QPushButton;

namespace prism::ui {

class NoticeLine;

/// The list of servers: add, change and remove profiles. What is typed is stored when it makes sense, and the
/// dialog says why when it does not. What was there before can be had back, and what was typed and not stored
/// stays with the server that it was typed for. Borrows the store.
class ProfileDialog : public QDialog
{
    Q_OBJECT

public:
    ProfileDialog(model::ProfileStore& store, QWidget* parent = nullptr);

private:
    void fill(const QString& current);
    void showCurrent();
    void keepTyped(const QString& name);
    void add();
    void change();
    void remove();
    QString chosen() const;
    model::Profile typed() const;
    void say(const model::Profile& refused);
    void offerUndo(const QString& what, const std::function<bool()>& undo, const QString& back);

    struct Typed
    {
        QString name;
        QString server;
    };

    model::ProfileStore& m_store;
    QHash<QString, Typed> m_typed; ///< by the name of the server, where it is not what is stored
    bool m_remindsOfTyped = false; ///< what the notice does
    QListWidget* m_list;
    QLineEdit* m_name;
    QLineEdit* m_server;
    QPushButton* m_add;
    QPushButton* m_change;
    QPushButton* m_remove;
    NoticeLine* m_notice;
    std::function<void()> m_undo; ///< while the notice offers it
};

} // namespace prism::ui
