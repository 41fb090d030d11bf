#pragma once

#include "client/model/audit_export.h"
#include "client/model/audit_model.h"
#include "client/model/letting_in.h"
#include "client/model/tokens_model.h"

namespace prism::model {

/// What admins see and do of who may ask a server for what: its tokens, who waits to be let in, and who did
/// what. Lives on the GUI thread.
class Administration
{
public:
    /// What somebody looks at.
    enum class Part { None, Access, Audit };

    Administration(net::Api& api, const net::Options& options)
        : m_tokens(api)
        , m_lettingIn(api, options)
        , m_audit(api)
        , m_auditExport(api)
    {
        QObject::connect(&m_lettingIn, &LettingIn::approved, &m_tokens, &TokensModel::refresh);
    }

    /// Nothing but this is fetched.
    void setActive(Part part)
    {
        m_tokens.setActive(part != Part::None); // the audit names them
        m_lettingIn.setActive(part == Part::Access);
        m_audit.setActive(part == Part::Audit);
    }
    void refresh()
    {
        m_tokens.refresh();
        m_lettingIn.refresh();
        m_audit.refresh();
    }

    TokensModel& tokens() { return m_tokens; }
    LettingIn& lettingIn() { return m_lettingIn; }
    AuditModel& audit() { return m_audit; }
    AuditExport& auditExport() { return m_auditExport; }

private:
    TokensModel m_tokens;
    LettingIn m_lettingIn;
    AuditModel m_audit;
    AuditExport m_auditExport;
};

} // namespace prism::model
