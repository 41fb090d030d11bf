#pragma once

#include <QLocale>
#include <QObject>
#include <QTranslator>

namespace prism::ui {

/// The language of the application: owns the translators and exchanges them while windows are open, who then
/// get QEvent::LanguageChange. One per application, on the GUI thread.
class Language : public QObject
{
    Q_OBJECT

public:
    explicit Language(QObject* parent = nullptr);
    ~Language() override;

    /// The languages there are, in the order of the menu.
    static QList<QLocale> all();
    /// The one of all() that serves `wanted` best: English for what there is no translation of.
    static QLocale bestFor(const QLocale& wanted);
    /// "en", "zh_CN": what --lang takes.
    static QString codeOf(const QLocale& locale);
    /// The one with this code; the system's for an empty one.
    static QLocale localeOf(const QString& code);
    /// Its name in itself.
    static QString nameOf(const QLocale& locale);

    const QLocale& current() const { return m_current; }
    void set(const QLocale& locale);

signals:
    void changed(const QLocale& locale);

private:
    QLocale m_current;
    QTranslator m_own;
    QTranslator m_qt; ///< of Qt's own texts, where the system has them
};

} // namespace prism::ui
