#pragma once

#include "client/report/child.h"
#include "client/report/entry.h"
#include "client/report/request.h"

namespace prism::report {

/// What is to be reported of a run or of files: the entry, and what is wrong with the files, for a person.
struct RunReport
{
    Entry entry = Entry::withNewKey();
    QStringList complaints;

    /// Of a command that began then and ended so.
    static RunReport ofRun(const Request& request, const protocol::Check& context, const Ending& ending,
                           protocol::Timestamp begin);

    /// Of one file.
    static RunReport ofFile(const ReportFile& file, const protocol::Check& context);
};

} // namespace prism::report
