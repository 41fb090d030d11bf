#pragma once

#include "server/store/value.h"
#include "shared/protocol/text.h"

#include <initializer_list>
#include <vector>

namespace prism::store {

/// Gathers the conditions of a SELECT and the values that belong to them.
class Filter
{
public:
    void add(const QByteArray& condition, const std::vector<Value>& values)
    {
        m_where += m_where.isEmpty() ? " WHERE " : " AND ";
        m_where += condition;
        m_values.insert(m_values.end(), values.begin(), values.end());
    }

    /// `column IN (?, ?)`, unless the text is empty. Older programs stored texts as they were sent, so it is
    /// looked for both composed, as it is given, and decomposed.
    void addText(const char* condition, const QString& text)
    {
        if (!text.isEmpty())
            add(condition, {text, protocol::decomposed(text)});
    }

    /// The project is one of these, in either form; whichever where there is none.
    void addProjects(const QStringList& projects)
    {
        QByteArray places;
        std::vector<Value> names;
        for (const QString& project : projects) {
            places += places.isEmpty() ? "?, ?" : ", ?, ?";
            names.emplace_back(project);
            names.emplace_back(protocol::decomposed(project));
        }
        if (!projects.isEmpty())
            add("project IN (" + places + ')', names);
    }

    /// " WHERE … AND …", or nothing.
    const QByteArray& where() const { return m_where; }

    /// The values of the conditions, followed by `more`.
    std::vector<Value> values(std::initializer_list<Value> more) const
    {
        std::vector<Value> all = m_values;
        all.insert(all.end(), more);
        return all;
    }

private:
    QByteArray m_where;
    std::vector<Value> m_values;
};

} // namespace prism::store
