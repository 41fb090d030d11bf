<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>prism::desktop::DbusNotifier</name>
    <message>
        <source>Show the window</source>
        <translation>显示窗口</translation>
    </message>
    <message>
        <source>Acknowledge</source>
        <translation>确认</translation>
    </message>
</context>
<context>
    <name>prism::desktop::Herald</name>
    <message>
        <source>Alert (%1)</source>
        <translation>告警（%1）</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>kind of alert, server</comment>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>More alerts (%1)</source>
        <translation>更多告警（%1）</translation>
    </message>
    <message numerus="yes">
        <source>%Ln more alert(s) came at once. The window has them all.</source>
        <translation>
            <numerusform>同时又出现了 %Ln 条告警，窗口中有全部内容。</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 is back</source>
        <comment>server</comment>
        <translation>%1 已恢复</translation>
    </message>
    <message>
        <source>The dashboard hears of everything again.</source>
        <translation>仪表板又能收到全部消息了。</translation>
    </message>
    <message>
        <source>%1 cannot be reached</source>
        <comment>server</comment>
        <translation>无法连接到 %1</translation>
    </message>
    <message>
        <source>Nothing has been heard of it since %1. Alerts may be missing.</source>
        <translation>自 %1 起没有收到任何消息，告警可能有遗漏。</translation>
    </message>
    <message>
        <source>Over: %1</source>
        <comment>an alert</comment>
        <translation>已结束：%1</translation>
    </message>
    <message>
        <source>Signed out of %1</source>
        <comment>server</comment>
        <translation>已从 %1 退出登录</translation>
    </message>
</context>
<context>
    <name>prism::desktop::TrayIcon</name>
    <message>
        <source>Show the window</source>
        <translation>显示窗口</translation>
    </message>
    <message>
        <source>Stay here when the window is closed</source>
        <translation>关闭窗口后留在托盘</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>live</source>
        <translation>实时</translation>
    </message>
    <message>
        <source>polling</source>
        <translation>轮询</translation>
    </message>
    <message>
        <source>connecting</source>
        <translation>正在连接</translation>
    </message>
    <message>
        <source>offline</source>
        <translation>离线</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>server, state of the connection</comment>
        <translation>%1：%2</translation>
    </message>
    <message numerus="yes">
        <source>%Ln alert(s) that nobody has acknowledged</source>
        <translation>
            <numerusform>%Ln 条告警尚未确认</numerusform>
        </translation>
    </message>
    <message>
        <source>signed out</source>
        <translation>已退出登录</translation>
    </message>
</context>
<context>
    <name>prism::ui::AccessNote</name>
    <message>
        <source>Not signed in</source>
        <translation>未登录</translation>
    </message>
    <message>
        <source>Sign in…</source>
        <translation>登录…</translation>
    </message>
    <message>
        <source>Asks for a token for this server</source>
        <translation>请求输入此服务器的令牌</translation>
    </message>
</context>
<context>
    <name>prism::ui::AccessWords</name>
    <message>
        <source>reporter</source>
        <comment>role</comment>
        <translation>报告者</translation>
    </message>
    <message>
        <source>viewer</source>
        <comment>role</comment>
        <translation>查看者</translation>
    </message>
    <message>
        <source>editor</source>
        <comment>role</comment>
        <translation>编辑者</translation>
    </message>
    <message>
        <source>admin</source>
        <comment>role</comment>
        <translation>管理员</translation>
    </message>
    <message>
        <source>Signed in as “%1”, with the role %2.</source>
        <translation>已以“%1”登录，角色为%2。</translation>
    </message>
    <message>
        <source>Signed in as “%1”, with the role %2, until %3.</source>
        <translation>已以“%1”登录，角色为%2，有效期至 %3。</translation>
    </message>
    <message>
        <source>The token is kept in this desktop&apos;s keychain.</source>
        <translation>令牌保存在此桌面的钥匙串中。</translation>
    </message>
    <message>
        <source>There is no keychain here that takes it: the token is kept in a file that only you can read, %1.</source>
        <translation>此处没有可用的钥匙串：令牌保存在只有您可读的文件中：%1。</translation>
    </message>
    <message>
        <source>The token is not kept: the next time it has to be given again.</source>
        <translation>令牌没有保存：下次需要重新提供。</translation>
    </message>
    <message>
        <source>This token may only report: its role is %1. Sign in with one whose role is %2, or higher.</source>
        <translation>此令牌只能上报：其角色为%1。登录需要角色为%2或更高的令牌。</translation>
    </message>
    <message>
        <source>The server does not take this token any more: it has expired or was revoked.</source>
        <translation>服务器不再接受此令牌：它已过期或已被吊销。</translation>
    </message>
    <message>
        <source>The server does not take this token.</source>
        <translation>服务器不接受此令牌。</translation>
    </message>
    <message>
        <source>This server asks who you are. Sign in with a token.</source>
        <translation>此服务器要求验明身份，请用令牌登录。</translation>
    </message>
    <message>
        <source>That is not a token: one begins with prism_ and has no blanks in it.</source>
        <translation>这不是令牌：令牌以 prism_ 开头，其中没有空格。</translation>
    </message>
    <message>
        <source>Nobody has to sign in at this server.</source>
        <translation>此服务器无需登录。</translation>
    </message>
    <message>
        <source>The server does not know this token: it is mistyped, has expired or was revoked.</source>
        <translation>服务器不认识此令牌：它输入有误、已过期或已被吊销。</translation>
    </message>
    <message>
        <source>Too many tokens from here were wrong. Try again in a minute.</source>
        <translation>从这里提交的错误令牌过多，请一分钟后再试。</translation>
    </message>
    <message>
        <source>Limited to: %1.</source>
        <translation>仅限于：%1。</translation>
    </message>
    <message>
        <source>Your token is limited to projects; this belongs to the whole server.</source>
        <translation>您的令牌仅限于部分项目；这属于整个服务器。</translation>
    </message>
    <message>
        <source>With the role %1 records can be run; to change them takes the role %2.</source>
        <translation>角色%1可以运行记录；更改记录需要角色%2。</translation>
    </message>
    <message>
        <source>With the role %1 this can be seen; to change it takes the role %2.</source>
        <translation>角色%1可以查看这些内容；更改需要角色%2。</translation>
    </message>
    <message>
        <source>There are as many tokens as this server takes. Revoke those that nobody needs.</source>
        <translation>此服务器的令牌数量已达上限。请吊销不再需要的令牌。</translation>
    </message>
    <message>
        <source>With this role the server does not allow it; it takes the role %1.</source>
        <translation>服务器不允许此角色这样做，需要角色“%1”。</translation>
    </message>
</context>
<context>
    <name>prism::ui::ActivityDetails</name>
    <message>
        <source>Count the violation again</source>
        <translation>重新计入该违规</translation>
    </message>
    <message>
        <source>Mark as false positive</source>
        <translation>标记为误报</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Everything that the selected event said</source>
        <translation>所选事件的全部内容</translation>
    </message>
    <message>
        <source>For the violation chosen above: whether it counts</source>
        <translation>针对上面选中的违规：是否计入</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Puts all details on the clipboard</source>
        <translation>把全部详情复制到剪贴板</translation>
    </message>
    <message>
        <source>Close (Esc)</source>
        <translation>关闭（Esc）</translation>
    </message>
    <message>
        <source>Close the details</source>
        <translation>关闭详情</translation>
    </message>
    <message>
        <source>Gives the room back to the table</source>
        <translation>把空间还给表格</translation>
    </message>
    <message>
        <source>Open the run</source>
        <translation>打开运行页面</translation>
    </message>
    <message>
        <source>Shows in the browser where this check was run</source>
        <translation>在浏览器中显示此检查的运行页面</translation>
    </message>
</context>
<context>
    <name>prism::ui::ActivityFacts</name>
    <message>
        <source>Id</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>User</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>会话</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>时长</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>严重程度</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Expected</source>
        <translation>预期</translation>
    </message>
    <message>
        <source>Acknowledged by</source>
        <translation>确认人</translation>
    </message>
    <message>
        <source>Acknowledged at</source>
        <translation>确认时间</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>描述</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>摘要</translation>
    </message>
    <message>
        <source>Lessons</source>
        <translation>经验</translation>
    </message>
    <message>
        <source>Improvements</source>
        <translation>改进</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>创建时间</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>修改时间</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>false positive</source>
        <translation>误报</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>起始</translation>
    </message>
    <message>
        <source>Checks</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>Slow from (ms)</source>
        <translation>慢检查起点（毫秒）</translation>
    </message>
    <message>
        <source>Over since</source>
        <translation>结束于</translation>
    </message>
    <message>
        <source>Metric</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>Metrics</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>Period</source>
        <translation>时段</translation>
    </message>
    <message>
        <source>Filters</source>
        <translation>筛选条件</translation>
    </message>
    <message>
        <source>Created by</source>
        <translation>创建人</translation>
    </message>
    <message>
        <source>Principles</source>
        <translation>原则</translation>
    </message>
    <message>
        <source>Built in</source>
        <translation>内置</translation>
    </message>
    <message>
        <source>Restored from version</source>
        <translation>恢复自版本</translation>
    </message>
    <message>
        <source>Check time</source>
        <translation>检查耗时</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Gate</source>
        <translation>门禁</translation>
    </message>
    <message>
        <source>Branch</source>
        <translation>分支</translation>
    </message>
    <message>
        <source>Commit</source>
        <translation>提交</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Ran on</source>
        <translation>运行位置</translation>
    </message>
    <message>
        <source>Violations</source>
        <translation>违规</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>%1, of which the first %2 are listed</source>
        <translation>%1 个，列出前 %2 个</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>之前</translation>
    </message>
    <message>
        <source>Of %1 violations the gravest %2 are kept.</source>
        <translation>共 %1 个违规，保留其中最严重的 %2 个。</translation>
    </message>
</context>
<context>
    <name>prism::ui::ActivityPanel</name>
    <message>
        <source>Activity</source>
        <translation>动态</translation>
    </message>
    <message>
        <source>All types</source>
        <translation>全部类型</translation>
    </message>
    <message>
        <source>Checks</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>Records</source>
        <translation>记录</translation>
    </message>
    <message>
        <source>Retrospectives</source>
        <translation>复盘</translation>
    </message>
    <message>
        <source>Alerts</source>
        <translation>告警</translation>
    </message>
    <message>
        <source>Show activity of type</source>
        <translation>显示的动态类型</translation>
    </message>
    <message>
        <source>Limits the table to one type of event</source>
        <translation>表格只显示一种类型的事件</translation>
    </message>
    <message>
        <source>Filter (Ctrl+F)</source>
        <translation>筛选（Ctrl+F）</translation>
    </message>
    <message>
        <source>Filter activity by text</source>
        <translation>按文字筛选动态</translation>
    </message>
    <message>
        <source>Limits the table to rows that contain the text</source>
        <translation>表格只显示包含该文字的行</translation>
    </message>
    <message>
        <source>Events, newest first</source>
        <translation>事件，最新的在最前</translation>
    </message>
    <message>
        <source>They came faster than a screen can show them one by one.</source>
        <translation>事件到达太快，屏幕无法逐个显示。</translation>
    </message>
    <message>
        <source>Copy selected rows</source>
        <translation>复制所选行</translation>
    </message>
    <message>
        <source>No events yet.</source>
        <translation>还没有事件。</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>All of the selected event (Enter)</source>
        <translation>所选事件的全部内容（Enter）</translation>
    </message>
    <message>
        <source>Shows below the table all that the selected event said</source>
        <translation>在表格下方显示所选事件的全部内容</translation>
    </message>
    <message>
        <source>Export as CSV…</source>
        <translation>导出为 CSV…</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Export activity</source>
        <translation>导出动态</translation>
    </message>
    <message numerus="yes">
        <source>%Ln event(s) shown at once</source>
        <translation>
            <numerusform>%Ln 个事件合并显示</numerusform>
        </translation>
    </message>
    <message>
        <source>No event matches the filter.</source>
        <translation>没有符合筛选条件的事件。</translation>
    </message>
    <message numerus="yes">
        <source>None of the %Ln event(s) loaded matches the filter. Older ones were not searched.</source>
        <translation>
            <numerusform>已加载的 %Ln 个事件中没有符合筛选条件的，更早的事件未被查找。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Looks through the %Ln event(s) loaded; older ones are not searched</source>
        <translation>
            <numerusform>在已加载的 %Ln 个事件中查找，不查找更早的事件</numerusform>
        </translation>
    </message>
    <message>
        <source>Load older events</source>
        <translation>加载更早的事件</translation>
    </message>
</context>
<context>
    <name>prism::ui::ActivityTexts</name>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Detail</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>INFO</source>
        <comment>status of what is not a check</comment>
        <translation>信息</translation>
    </message>
    <message>
        <source>Record created</source>
        <translation>新建记录</translation>
    </message>
    <message>
        <source>Record changed</source>
        <translation>修改记录</translation>
    </message>
    <message>
        <source>Record deleted</source>
        <translation>删除记录</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>Retrospective</source>
        <translation>复盘</translation>
    </message>
    <message>
        <source>Alert</source>
        <translation>告警</translation>
    </message>
    <message>
        <source>no violations</source>
        <translation>无违规</translation>
    </message>
    <message numerus="yes">
        <source>%Ln violation(s)</source>
        <translation>
            <numerusform>%Ln 项违规</numerusform>
        </translation>
    </message>
    <message>
        <source>Check changed</source>
        <translation>检查已修改</translation>
    </message>
    <message>
        <source>Alert acknowledged</source>
        <translation>告警已确认</translation>
    </message>
    <message>
        <source>Settings changed</source>
        <translation>修改设置</translation>
    </message>
    <message>
        <source>Principles changed</source>
        <translation>修改原则</translation>
    </message>
    <message>
        <source>Other event</source>
        <translation>其他事件</translation>
    </message>
    <message>
        <source>an alert</source>
        <translation>一条告警</translation>
    </message>
    <message>
        <source>a record</source>
        <translation>一条记录</translation>
    </message>
    <message>
        <source>Gate changed</source>
        <translation>门禁已变化</translation>
    </message>
    <message>
        <source>was %1 before</source>
        <comment>the status of a gate</comment>
        <translation>之前%1</translation>
    </message>
</context>
<context>
    <name>prism::ui::AlertSentence</name>
    <message>
        <source>%1 violations in %2 checks since %3, at most ten of a check; %4 are usual</source>
        <translation>自 %3 起 %2 次检查中有 %1 个违规（每次检查最多计十个）；平时为 %4 个</translation>
    </message>
    <message>
        <source>%1 of %2 checks since %3 took longer than %4; %5 are usual</source>
        <translation>自 %3 起 %2 次检查中有 %1 次超过 %4；平时为 %5 次</translation>
    </message>
    <message>
        <source>%1 of %2 checks since %3 have violations; %4 are usual</source>
        <translation>自 %3 起 %2 次检查中有 %1 次违规；平时为 %4 次</translation>
    </message>
    <message>
        <source>One check in 20 takes %1 or longer since %2; %3 are allowed</source>
        <translation>自 %2 起每 20 次检查有一次耗时 %1 或更长；允许 %3</translation>
    </message>
    <message>
        <source>%1 users were active on %2; %3 are usual on that weekday</source>
        <translation>%2 有 %1 名用户活跃；平时同一星期几为 %3 名</translation>
    </message>
    <message>
        <source>The gate %1 has been %2 since %3, in %4 checks in a row</source>
        <translation>门禁 %1 自 %3 起%2，连续 %4 次检查</translation>
    </message>
    <message>
        <source>The gate %1 of %2 has been %3 since %4, in %5 checks in a row</source>
        <translation>%2 的门禁 %1 自 %4 起%3，连续 %5 次检查</translation>
    </message>
</context>
<context>
    <name>prism::ui::AlertTexts</name>
    <message>
        <source>HIGH</source>
        <comment>severity of an alert</comment>
        <translation>高</translation>
    </message>
    <message>
        <source>MEDIUM</source>
        <comment>severity of an alert</comment>
        <translation>中</translation>
    </message>
    <message>
        <source>LOW</source>
        <comment>severity of an alert</comment>
        <translation>低</translation>
    </message>
    <message>
        <source>Slow checks</source>
        <translation>检查过慢</translation>
    </message>
    <message>
        <source>acknowledged by %1</source>
        <translation>由 %1 确认</translation>
    </message>
    <message>
        <source>Slower checks</source>
        <translation>检查变慢</translation>
    </message>
    <message>
        <source>over since %1</source>
        <translation>已于 %1 结束</translation>
    </message>
    <message>
        <source>over</source>
        <comment>an alert</comment>
        <translation>已结束</translation>
    </message>
    <message>
        <source>Violation spike</source>
        <translation>违规激增</translation>
    </message>
    <message>
        <source>Drop in usage</source>
        <translation>使用量下降</translation>
    </message>
    <message>
        <source>Drop in quality</source>
        <translation>质量下降</translation>
    </message>
    <message>
        <source>open</source>
        <comment>an alert</comment>
        <translation>未确认</translation>
    </message>
    <message>
        <source>acknowledged</source>
        <comment>an alert</comment>
        <translation>已确认</translation>
    </message>
    <message>
        <source>Failing gate</source>
        <translation>门禁未通过</translation>
    </message>
</context>
<context>
    <name>prism::ui::AlertsPanel</name>
    <message>
        <source>Alerts</source>
        <translation>告警</translation>
    </message>
    <message>
        <source>No alerts</source>
        <translation>没有告警</translation>
    </message>
    <message>
        <source>What the server raises appears here at once.</source>
        <translation>服务器发出的告警会立即显示在这里。</translation>
    </message>
    <message>
        <source>Alerts, newest first</source>
        <translation>告警，最新的在最前</translation>
    </message>
    <message numerus="yes">
        <source>%Ln alert(s)</source>
        <translation>
            <numerusform>%Ln 条告警</numerusform>
        </translation>
    </message>
    <message>
        <source>All</source>
        <comment>alerts</comment>
        <translation>全部</translation>
    </message>
    <message>
        <source>Open</source>
        <comment>alerts</comment>
        <translation>未确认</translation>
    </message>
    <message>
        <source>Acknowledged</source>
        <comment>alerts</comment>
        <translation>已确认</translation>
    </message>
    <message>
        <source>Show alerts</source>
        <translation>显示的告警</translation>
    </message>
    <message>
        <source>Acknowledge</source>
        <translation>确认</translation>
    </message>
    <message>
        <source>On every dashboard (Enter)</source>
        <translation>在所有仪表板上生效（Enter）</translation>
    </message>
    <message>
        <source>Acknowledges the selected alerts on every dashboard</source>
        <translation>在所有仪表板上确认所选告警</translation>
    </message>
    <message numerus="yes">
        <source>%Ln alert(s) that nobody has acknowledged</source>
        <translation>
            <numerusform>%Ln 条告警尚未确认</numerusform>
        </translation>
    </message>
    <message>
        <source>No such alerts</source>
        <translation>没有这样的告警</translation>
    </message>
    <message>
        <source>Over</source>
        <comment>alerts</comment>
        <translation>已结束</translation>
    </message>
    <message>
        <source>Limits the list to alerts that nobody or somebody has acknowledged, or that are over</source>
        <translation>列表只显示未确认、已确认或已结束的告警</translation>
    </message>
</context>
<context>
    <name>prism::ui::AuditFilter</name>
    <message>
        <source>Anybody</source>
        <translation>任何令牌</translation>
    </message>
    <message>
        <source>Whose</source>
        <translation>谁的</translation>
    </message>
    <message>
        <source>Limits the list to what was done by one token</source>
        <translation>只列出某个令牌所做的操作</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>What</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Limits the list to one kind of deed</source>
        <translation>只列出一种操作</translation>
    </message>
    <message>
        <source>On what (all of its id or name)</source>
        <translation>对象（完整的标识或名称）</translation>
    </message>
    <message>
        <source>On what</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>Limits the list to what was done to this</source>
        <translation>只列出对此对象的操作</translation>
    </message>
    <message>
        <source>Any time</source>
        <translation>任何时候</translation>
    </message>
    <message>
        <source>The last hour</source>
        <translation>最近一小时</translation>
    </message>
    <message>
        <source>The last 24 hours</source>
        <translation>最近 24 小时</translation>
    </message>
    <message>
        <source>The last 7 days</source>
        <translation>最近 7 天</translation>
    </message>
    <message>
        <source>The last 30 days</source>
        <translation>最近 30 天</translation>
    </message>
    <message>
        <source>Chosen days</source>
        <translation>指定日期</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Limits the list to a time</source>
        <translation>只列出某段时间内的操作</translation>
    </message>
    <message>
        <source>to</source>
        <comment>from a day to another</comment>
        <translation>至</translation>
    </message>
    <message>
        <source>First day</source>
        <translation>第一天</translation>
    </message>
    <message>
        <source>The first of the days</source>
        <translation>日期中的第一天</translation>
    </message>
    <message>
        <source>Last day</source>
        <translation>最后一天</translation>
    </message>
    <message>
        <source>The last of the days, all of it</source>
        <translation>日期中的最后一天（含全天）</translation>
    </message>
</context>
<context>
    <name>prism::ui::AuditPanel</name>
    <message numerus="yes">
        <source>%1 has %Ln line(s).</source>
        <translation>
            <numerusform>%1 已有 %Ln 行。</numerusform>
        </translation>
    </message>
    <message>
        <source>It was not exported: %1</source>
        <translation>未能导出：%1</translation>
    </message>
    <message>
        <source>%1 could not be written.</source>
        <translation>无法写入 %1。</translation>
    </message>
    <message>
        <source>Who did what could not be loaded: %1</source>
        <translation>无法加载操作日志：%1</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>正在加载…</translation>
    </message>
    <message>
        <source>Nothing yet. What is changed while nobody has to sign in is not kept.</source>
        <translation>还没有内容。在无需登录时所做的更改不会留存。</translation>
    </message>
    <message>
        <source>Nothing of this kind.</source>
        <translation>没有这样的操作。</translation>
    </message>
    <message>
        <source>Exporting…</source>
        <translation>正在导出…</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Export who did what</source>
        <translation>导出操作日志</translation>
    </message>
    <message>
        <source>Who did what</source>
        <translation>操作日志</translation>
    </message>
    <message>
        <source>The newest first; all of the selected one stands beside it</source>
        <translation>最新的在最前；选中一条后旁边显示其全部内容</translation>
    </message>
    <message>
        <source>Select one to see all of it.</source>
        <translation>选中一条即可查看全部内容。</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Everything that is known of the selected deed</source>
        <translation>所选操作的全部已知内容</translation>
    </message>
    <message>
        <source>Older ones</source>
        <translation>更早的</translation>
    </message>
    <message>
        <source>Loads those before the last one here</source>
        <translation>加载比最后一条更早的操作</translation>
    </message>
    <message>
        <source>Writes all that the filter finds to a file, a line of JSON each</source>
        <translation>把筛选出的全部操作写入文件，每条一行 JSON</translation>
    </message>
</context>
<context>
    <name>prism::ui::AuditTexts</name>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>操作者</translation>
    </message>
    <message>
        <source>What</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>On what</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>%1 (%2 times)</source>
        <comment>what was done</comment>
        <translation>%1（%2 次）</translation>
    </message>
</context>
<context>
    <name>prism::ui::AuditWords</name>
    <message>
        <source>Records</source>
        <translation>记录</translation>
    </message>
    <message>
        <source>Violations</source>
        <translation>违规</translation>
    </message>
    <message>
        <source>Alerts</source>
        <translation>告警</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>规则</translation>
    </message>
    <message>
        <source>Gates</source>
        <translation>门禁</translation>
    </message>
    <message>
        <source>Webhooks</source>
        <translation>Webhook</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>令牌</translation>
    </message>
    <message>
        <source>What was refused</source>
        <translation>被拒绝的请求</translation>
    </message>
    <message>
        <source>Record created</source>
        <translation>创建了记录</translation>
    </message>
    <message>
        <source>Record changed</source>
        <translation>更改了记录</translation>
    </message>
    <message>
        <source>Record deleted</source>
        <translation>删除了记录</translation>
    </message>
    <message>
        <source>Violation marked</source>
        <translation>标记了违规</translation>
    </message>
    <message>
        <source>Alert acknowledged</source>
        <translation>确认了告警</translation>
    </message>
    <message>
        <source>Alerts muted</source>
        <translation>静音了告警</translation>
    </message>
    <message>
        <source>Alerts unmuted</source>
        <translation>取消了告警静音</translation>
    </message>
    <message>
        <source>Settings changed</source>
        <translation>更改了设置</translation>
    </message>
    <message>
        <source>Rules changed</source>
        <translation>更改了规则</translation>
    </message>
    <message>
        <source>Gate removed</source>
        <translation>移除了门禁</translation>
    </message>
    <message>
        <source>Webhook made</source>
        <translation>创建了 Webhook</translation>
    </message>
    <message>
        <source>Webhook ended</source>
        <translation>停用了 Webhook</translation>
    </message>
    <message>
        <source>Token made</source>
        <translation>创建了令牌</translation>
    </message>
    <message>
        <source>Token made anew</source>
        <translation>更换了令牌</translation>
    </message>
    <message>
        <source>Token revoked</source>
        <translation>吊销了令牌</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>已拒绝</translation>
    </message>
    <message>
        <source>nobody who is known</source>
        <translation>未知来者</translation>
    </message>
    <message>
        <source>whoever runs the server</source>
        <translation>服务器的运维者</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>name, value</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>How often</source>
        <translation>次数</translation>
    </message>
    <message>
        <source>For the last time</source>
        <translation>最近一次</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>操作者</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>令牌</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>What</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>On what</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>Request</source>
        <translation>请求</translation>
    </message>
    <message>
        <source>Before:</source>
        <translation>之前：</translation>
    </message>
    <message>
        <source>After:</source>
        <translation>之后：</translation>
    </message>
</context>
<context>
    <name>prism::ui::CertificateDialog</name>
    <message>
        <source>The certificate of %1</source>
        <translation>%1 的证书</translation>
    </message>
    <message>
        <source>This computer does not know who signed the certificate of %1.</source>
        <translation>此计算机不认识 %1 的证书的签发者。</translation>
    </message>
    <message>
        <source>%1 shows another certificate than the one that you trusted. Nothing was sent there.</source>
        <translation>%1 出示的证书与您信任的证书不同。没有向其发送任何内容。</translation>
    </message>
    <message>
        <source>It is of %1, signed by %2, and good until %3. Its SHA-256 is:</source>
        <translation>证书属于 %1，由 %2 签发，有效期至 %3。其 SHA-256 为：</translation>
    </message>
    <message>
        <source>Compare it with what whoever runs the server tells you. Only where they are the same is it that server.</source>
        <translation>请与服务器的运行者告知的值比较。只有两者相同时，它才是那台服务器。</translation>
    </message>
    <message>
        <source>Trust this certificate</source>
        <translation>信任此证书</translation>
    </message>
    <message>
        <source>This window connects to whoever shows it, and to nobody else</source>
        <translation>此窗口只连接出示该证书的一方，不连接其他任何一方</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Goes back to the window</source>
        <translation>返回窗口</translation>
    </message>
</context>
<context>
    <name>prism::ui::ChangeWords</name>
    <message>
        <source>more</source>
        <translation>增多</translation>
    </message>
    <message>
        <source>fewer</source>
        <translation>减少</translation>
    </message>
    <message>
        <source>better</source>
        <translation>变好</translation>
    </message>
    <message>
        <source>worse</source>
        <translation>变差</translation>
    </message>
    <message>
        <source>against %1</source>
        <translation>对比 %1</translation>
    </message>
    <message>
        <source>against %1, to %2</source>
        <translation>对比 %1，截至 %2</translation>
    </message>
    <message>
        <source>d MMM</source>
        <comment>a day, as QLocale::toString reads it</comment>
        <translation>M月d日</translation>
    </message>
    <message>
        <source>%1–%2</source>
        <comment>two days</comment>
        <translation>%1–%2</translation>
    </message>
    <message>
        <source>d MMM yyyy</source>
        <comment>a day, as QLocale::toString reads it</comment>
        <translation>yyyy年M月d日</translation>
    </message>
    <message>
        <source>d</source>
        <comment>the first of two days of a month, as QLocale::toString reads it</comment>
        <translation>M月d日</translation>
    </message>
    <message>
        <source>d MMM</source>
        <comment>the second of two days of a month</comment>
        <translation>d日</translation>
    </message>
    <message>
        <source>no more than it usually differs by</source>
        <translation>未超出平时的波动</translation>
    </message>
    <message>
        <source>that time is not known whole: the data begins later</source>
        <translation>该时段的数据不完整：数据开始得更晚</translation>
    </message>
    <message>
        <source>one of the two has no value</source>
        <translation>其中一个时段没有数值</translation>
    </message>
    <message>
        <source>too few days are known to say what is usual</source>
        <translation>已知天数太少，无法判断平时的波动</translation>
    </message>
    <message>
        <source>what is usual is being computed</source>
        <translation>正在计算平时的波动</translation>
    </message>
    <message>
        <source>what was usual at that moment is not known</source>
        <translation>该时刻平时的波动未知</translation>
    </message>
    <message>
        <source>the two times are not of one length</source>
        <translation>两个时段长度不同</translation>
    </message>
    <message>
        <source>beyond what is usual, which is neither better nor worse</source>
        <translation>超出平时的波动，但无所谓好坏</translation>
    </message>
    <message>
        <source>a single extreme is never judged</source>
        <translation>单个极值不作判断</translation>
    </message>
</context>
<context>
    <name>prism::ui::ChartMenu</name>
    <message>
        <source>Copy picture</source>
        <translation>复制图片</translation>
    </message>
    <message>
        <source>Save as PNG…</source>
        <translation>另存为 PNG…</translation>
    </message>
    <message>
        <source>Save as SVG…</source>
        <translation>另存为 SVG…</translation>
    </message>
    <message>
        <source>Save as CSV…</source>
        <translation>另存为 CSV…</translation>
    </message>
    <message>
        <source>Show as table</source>
        <translation>显示为表格</translation>
    </message>
    <message>
        <source>Show everything</source>
        <translation>显示全部</translation>
    </message>
    <message>
        <source>Save chart</source>
        <translation>保存图表</translation>
    </message>
</context>
<context>
    <name>prism::ui::ChartTableDialog</name>
    <message>
        <source>The numbers of the chart</source>
        <translation>图表中的数值</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copies the selected rows, or all of them</source>
        <translation>复制所选行；未选择时复制全部</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Closes the table</source>
        <translation>关闭表格</translation>
    </message>
</context>
<context>
    <name>prism::ui::CheckTimePanel</name>
    <message>
        <source>Check time (ms)</source>
        <translation>检查耗时（毫秒）</translation>
    </message>
    <message>
        <source>&lt; %1</source>
        <comment>milliseconds</comment>
        <translation>&lt; %1</translation>
    </message>
    <message>
        <source>≥ %1</source>
        <comment>milliseconds</comment>
        <translation>≥ %1</translation>
    </message>
</context>
<context>
    <name>prism::ui::ConnectionBadge</name>
    <message>
        <source>connecting…</source>
        <translation>正在连接…</translation>
    </message>
    <message>
        <source>live</source>
        <translation>实时</translation>
    </message>
    <message>
        <source>polling</source>
        <translation>轮询</translation>
    </message>
    <message>
        <source>offline</source>
        <translation>离线</translation>
    </message>
    <message>
        <source>live, %1 behind</source>
        <translation>实时，延迟 %1</translation>
    </message>
    <message>
        <source>polling: the server refuses to push to this dashboard</source>
        <translation>轮询：服务器拒绝向本仪表板推送</translation>
    </message>
    <message>
        <source>polling, %1 old</source>
        <translation>轮询，%1前的数据</translation>
    </message>
    <message>
        <source>offline since %1, retrying…</source>
        <translation>%1 起离线，正在重试…</translation>
    </message>
    <message>
        <source>offline since %1, retrying in %2</source>
        <translation>%1 起离线，%2后重试</translation>
    </message>
    <message>
        <source>Retry now</source>
        <translation>立即重试</translation>
    </message>
    <message>
        <source>Tries to reach the server at once</source>
        <translation>立即尝试连接服务器</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>signed out</source>
        <translation>已退出登录</translation>
    </message>
    <message>
        <source>signed out since %1</source>
        <translation>自 %1 起已退出登录</translation>
    </message>
    <message>
        <source>Sign in…</source>
        <translation>登录…</translation>
    </message>
    <message>
        <source>Asks for a token for this server</source>
        <translation>请求输入此服务器的令牌</translation>
    </message>
    <message>
        <source>blocked: the certificate is not trusted</source>
        <translation>已阻止：证书不受信任</translation>
    </message>
    <message>
        <source>Certificate…</source>
        <translation>证书…</translation>
    </message>
    <message>
        <source>Shows the certificate, and lets you trust it</source>
        <translation>显示证书，并可选择信任它</translation>
    </message>
</context>
<context>
    <name>prism::ui::ErrorWords</name>
    <message>
        <source>must be a whole number from %1 to %2</source>
        <translation>须为 %1 至 %2 之间的整数</translation>
    </message>
    <message>
        <source>must be from %1 to %2</source>
        <translation>须在 %1 至 %2 之间</translation>
    </message>
    <message>
        <source>has %1 characters, at most %2 are allowed</source>
        <translation>有 %1 个字符，最多 %2 个</translation>
    </message>
    <message>
        <source>has %1 entries, at most %2 are allowed</source>
        <translation>有 %1 项，最多 %2 项</translation>
    </message>
    <message>
        <source>has %1 bytes, at most %2 are allowed</source>
        <translation>有 %1 字节，最多 %2 字节</translation>
    </message>
    <message>
        <source>must not be empty</source>
        <translation>不能为空</translation>
    </message>
    <message>
        <source>has a character that cannot be stored</source>
        <translation>含有无法保存的字符</translation>
    </message>
    <message>
        <source>must be one of those that are offered</source>
        <translation>须为所提供的选项之一</translation>
    </message>
    <message>
        <source>must have from 1 to %1 entries</source>
        <translation>须有 1 至 %1 项</translation>
    </message>
    <message>
        <source>is not known to this server</source>
        <translation>此服务器不认识</translation>
    </message>
    <message>
        <source>is more than %1 minutes ahead of the server&apos;s clock</source>
        <translation>比服务器的时钟早了超过 %1 分钟</translation>
    </message>
    <message>
        <source>must be a date and a time of day</source>
        <translation>须为日期和时间</translation>
    </message>
    <message>
        <source>is taken already</source>
        <translation>已被使用</translation>
    </message>
    <message>
        <source>The server cannot be reached right now.</source>
        <translation>目前无法连接到服务器。</translation>
    </message>
    <message>
        <source>The server did not answer in time.</source>
        <translation>服务器没有及时响应。</translation>
    </message>
    <message>
        <source>The server answered more than this dashboard takes in.</source>
        <translation>服务器的响应超出了本仪表板能接收的大小。</translation>
    </message>
    <message>
        <source>The server&apos;s answer could not be understood. Is this a PRISM server?</source>
        <translation>无法理解服务器的响应。这是 PRISM 服务器吗？</translation>
    </message>
    <message>
        <source>The server is stopping.</source>
        <translation>服务器正在停止。</translation>
    </message>
    <message>
        <source>The server was busy for %1 s with what others asked. Try again later.</source>
        <translation>服务器忙于处理其他请求，已等待 %1 秒。请稍后重试。</translation>
    </message>
    <message>
        <source>The server has too much to do. Try again later.</source>
        <translation>服务器过于繁忙，请稍后重试。</translation>
    </message>
    <message>
        <source>The answer was not ready within %1 s. Ask for less: a shorter period, or fewer entries.</source>
        <translation>未能在 %1 秒内得出响应，请缩小范围：选择更短的时段或更少的条目。</translation>
    </message>
    <message>
        <source>The server has as many connections as it takes.</source>
        <translation>服务器的连接数已达上限。</translation>
    </message>
    <message>
        <source>The server&apos;s database is damaged. What to do stands in the server&apos;s log.</source>
        <translation>服务器的数据库已损坏，处理办法见服务器的日志。</translation>
    </message>
    <message>
        <source>The server&apos;s disk is full.</source>
        <translation>服务器的磁盘已满。</translation>
    </message>
    <message>
        <source>The server&apos;s database cannot be used right now. Why stands in the server&apos;s log.</source>
        <translation>目前无法使用服务器的数据库，原因见服务器的日志。</translation>
    </message>
    <message>
        <source>The server took this for something that was sent before. Send it again.</source>
        <translation>服务器误认为这是之前发送过的内容，请再次发送。</translation>
    </message>
    <message>
        <source>The server does not answer at this address. Whoever runs it can allow it.</source>
        <translation>服务器不在此地址上响应，服务器的管理者可以放开此地址。</translation>
    </message>
    <message>
        <source>This is more than the server takes.</source>
        <translation>内容超出了服务器能接收的大小。</translation>
    </message>
    <message>
        <source>The server does not take this.</source>
        <translation>服务器不接受此内容。</translation>
    </message>
    <message>
        <source>The server does not allow it.</source>
        <translation>服务器不允许此操作。</translation>
    </message>
    <message>
        <source>The server does not know it.</source>
        <translation>服务器上没有它。</translation>
    </message>
    <message>
        <source>There is one of this name already.</source>
        <translation>此名称已被使用。</translation>
    </message>
    <message>
        <source>Somebody else changed it meanwhile.</source>
        <translation>期间有人修改过它。</translation>
    </message>
    <message>
        <source>The server is not available right now.</source>
        <translation>服务器目前不可用。</translation>
    </message>
    <message>
        <source>The server failed. Why stands in its log.</source>
        <translation>服务器出错，原因见服务器的日志。</translation>
    </message>
    <message>
        <source>%1: %2.</source>
        <comment>field, what is wrong with it</comment>
        <translation>%1：%2。</translation>
    </message>
    <message>
        <source>is not what the server takes</source>
        <translation>不是服务器能接受的内容</translation>
    </message>
    <message>
        <source>Two from this address wait to be let in already. Have one of them let in, or try again in ten minutes.</source>
        <translation>此地址已有两个配对码在等待。请让管理员处理其中一个，或十分钟后再试。</translation>
    </message>
    <message>
        <source>As many as may wait to be let in at this server already. Try again in ten minutes.</source>
        <translation>此服务器上等待的配对码已达上限。请十分钟后再试。</translation>
    </message>
</context>
<context>
    <name>prism::ui::FilterEditor</name>
    <message>
        <source>any</source>
        <translation>不限</translation>
    </message>
    <message>
        <source>Filter: %1</source>
        <translation>筛选：%1</translation>
    </message>
    <message>
        <source>One or more, parted by commas</source>
        <translation>一个或多个，用逗号分隔</translation>
    </message>
    <message>
        <source>any of %1</source>
        <translation>%1 中的任意几个</translation>
    </message>
</context>
<context>
    <name>prism::ui::Format</name>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 毫秒</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 分 %2 秒</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 小时 %2 分</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 分钟</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1 小时</translation>
    </message>
    <message>
        <source>%1 d</source>
        <comment>days</comment>
        <translation>%1 天</translation>
    </message>
    <message>
        <source>HH:mm</source>
        <comment>a time of day, as QLocale::toString reads it</comment>
        <translation>HH:mm</translation>
    </message>
    <message>
        <source>HH:mm:ss</source>
        <comment>a time of today, as QLocale::toString reads it</comment>
        <translation>HH:mm:ss</translation>
    </message>
    <message>
        <source>d MMM HH:mm</source>
        <comment>date and time, as QLocale::toString reads it</comment>
        <translation>M月d日 HH:mm</translation>
    </message>
    <message>
        <source>, </source>
        <comment>between the entries of a list</comment>
        <translation>，</translation>
    </message>
</context>
<context>
    <name>prism::ui::HeaderBar</name>
    <message>
        <source>Refresh (F5)</source>
        <translation>刷新（F5）</translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>刷新</translation>
    </message>
    <message>
        <source>Fetches everything that is shown anew</source>
        <translation>重新获取显示的全部内容</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>The language of this window</source>
        <translation>本窗口的语言</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>As it was at another time (Ctrl+T)</source>
        <translation>查看另一时刻的状态（Ctrl+T）</translation>
    </message>
    <message>
        <source>Time travel</source>
        <translation>回看</translation>
    </message>
    <message>
        <source>Shows or hides the bar that takes the dashboard back in time</source>
        <translation>显示或隐藏让仪表板回看过去的时间栏</translation>
    </message>
</context>
<context>
    <name>prism::ui::HindranceWords</name>
    <message>
        <source>No computer is known by the name in %1. Is it spelled right?</source>
        <translation>找不到地址 %1 中的主机名，请检查拼写。</translation>
    </message>
    <message>
        <source>The network does not lead to %1. Is this computer connected?</source>
        <translation>网络无法通往 %1，请检查本机是否已联网。</translation>
    </message>
    <message>
        <source>Nothing answers at %1. Is the server running, and is the port right?</source>
        <translation>%1 没有响应，请检查服务器是否在运行、端口是否正确。</translation>
    </message>
    <message>
        <source>%1 does not answer. It may be busy, or a firewall may stand between.</source>
        <translation>%1 没有响应，可能正忙，也可能被防火墙拦住。</translation>
    </message>
    <message>
        <source>This computer does not trust the certificate of %1.</source>
        <translation>本机不信任 %1 的证书。</translation>
    </message>
    <message>
        <source>%1 does not speak TLS. Its address may begin with http:// instead of https://.</source>
        <translation>%1 不使用 TLS，其地址可能应以 http:// 而不是 https:// 开头。</translation>
    </message>
    <message>
        <source>%1 answered more than this dashboard takes in. Is it a PRISM server?</source>
        <translation>%1 的响应超出本仪表板所能接收的大小，它是 PRISM 服务器吗？</translation>
    </message>
    <message>
        <source>%1 sends its visitors to another address. Use that one.</source>
        <translation>%1 转向另一个地址，请改用那个地址。</translation>
    </message>
    <message>
        <source>What stands in front of %1 says that the server is away.</source>
        <translation>%1 前面的代理说服务器不在。</translation>
    </message>
    <message>
        <source>What answers at %1 is not a PRISM server.</source>
        <translation>在 %1 响应的不是 PRISM 服务器。</translation>
    </message>
    <message>
        <source>%1 hung up without an answer in HTTP. Does its address begin with http:// or https://?</source>
        <translation>%1 没有返回 HTTP 响应就断开了连接，请检查地址应以 http:// 还是 https:// 开头。</translation>
    </message>
    <message>
        <source>%1 shows another certificate than the one that you trusted. Nothing was sent there: somebody may have put themselves between.</source>
        <translation>%1 出示的证书与您信任的证书不同。没有向其发送任何内容：可能有人介入了连接。</translation>
    </message>
</context>
<context>
    <name>prism::ui::LettingInPanel</name>
    <message>
        <source>Let somebody in</source>
        <translation>让别人进入</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>配对码</translation>
    </message>
    <message>
        <source>six digits</source>
        <translation>六位数字</translation>
    </message>
    <message>
        <source>The digits that the other dashboard shows; have them read out to you</source>
        <translation>另一个仪表板上显示的数字；请对方念给您听</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>角色</translation>
    </message>
    <message>
        <source> days</source>
        <comment>after a number</comment>
        <translation> 天</translation>
    </message>
    <message>
        <source>Good for</source>
        <translation>有效期</translation>
    </message>
    <message>
        <source>For how many days the token is good</source>
        <translation>令牌有效的天数</translation>
    </message>
    <message>
        <source>Makes a token of this role for the dashboard that shows the code</source>
        <translation>为显示此配对码的仪表板创建此角色的令牌</translation>
    </message>
    <message>
        <source>Let in</source>
        <translation>允许进入</translation>
    </message>
    <message>
        <source>Who waits is not known: %1</source>
        <translation>不知道谁在等待：%1</translation>
    </message>
    <message>
        <source>Nobody waits. Who has no token presses “Get a code” and tells you the digits.</source>
        <translation>没有人在等待。没有令牌的人点“获取配对码”，再把数字告诉您。</translation>
    </message>
    <message>
        <source>“%1” at %2, since %3</source>
        <comment>name, address, time of day</comment>
        <translation>“%1”（%2，自 %3 起）</translation>
    </message>
    <message>
        <source>Waiting: %1. Let in only whose digits you were told by themselves.</source>
        <translation>正在等待：%1。只允许亲自告诉您数字的人进入。</translation>
    </message>
    <message>
        <source>A code has six digits.</source>
        <translation>配对码是六位数字。</translation>
    </message>
    <message>
        <source>“%1” at %2 is let in with the role %3. Was that not who told you the digits, revoke the token below.</source>
        <translation>已让 %2 的“%1”以角色“%3”进入。如果这不是告诉您数字的人，请在下方吊销该令牌。</translation>
    </message>
    <message>
        <source>Nobody waits with this code: it is mistyped, older than ten minutes, or was used.</source>
        <translation>没有人用此配对码等待：可能输错、已超过十分钟或已用过。</translation>
    </message>
</context>
<context>
    <name>prism::ui::MainWindow</name>
    <message>
        <source>%1 (%2) – PRISM Gateway</source>
        <comment>server, state of the connection</comment>
        <translation>%1（%2）– PRISM Gateway</translation>
    </message>
    <message>
        <source>The alert was not acknowledged.</source>
        <translation>告警未能确认。</translation>
    </message>
    <message>
        <source>The violation was not marked.</source>
        <translation>违规未能标记。</translation>
    </message>
    <message>
        <source>%1 could not be written.</source>
        <translation>无法写入 %1。</translation>
    </message>
    <message>
        <source>Older events could not be loaded.</source>
        <translation>未能加载更早的事件。</translation>
    </message>
    <message>
        <source>What is shown stays.</source>
        <translation>已显示的内容会保留。</translation>
    </message>
    <message>
        <source>You were not signed in.</source>
        <translation>未能登录。</translation>
    </message>
</context>
<context>
    <name>prism::ui::NavigationRail</name>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>Dashboard</source>
        <translation>仪表板</translation>
    </message>
    <message>
        <source>Records</source>
        <translation>记录</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Numbers, charts and events as they happen</source>
        <translation>实时的数字、图表与事件</translation>
    </message>
    <message>
        <source>Saved definitions: create, change, run</source>
        <translation>已保存的分析定义：新建、修改、运行</translation>
    </message>
    <message>
        <source>Of this dashboard and of the server</source>
        <translation>本仪表板与服务器的设置</translation>
    </message>
    <message>
        <source>Page: %1</source>
        <translation>页面：%1</translation>
    </message>
    <message>
        <source>%1 (Alt+%2)</source>
        <translation>%1（Alt+%2）</translation>
    </message>
</context>
<context>
    <name>prism::ui::NoticeLine</name>
    <message>
        <source>Notice</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>What can be done about it</source>
        <translation>可以采取的操作</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Takes the notice away</source>
        <translation>收起这条提示</translation>
    </message>
</context>
<context>
    <name>prism::ui::PageTurner</name>
    <message>
        <source>Previous page</source>
        <translation>上一页</translation>
    </message>
    <message>
        <source>Next page</source>
        <translation>下一页</translation>
    </message>
</context>
<context>
    <name>prism::ui::PairingBox</name>
    <message>
        <source>Without a token</source>
        <translation>没有令牌时</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>As what an admin sees this dashboard, and its token is called</source>
        <translation>管理员看到的此仪表板的名称，也是令牌的名称</translation>
    </message>
    <message>
        <source>Has the server show a code here, by which an admin lets you in</source>
        <translation>让服务器在此显示一个配对码，管理员凭它让您进入</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>配对码</translation>
    </message>
    <message>
        <source>Six digits to tell an admin of the server</source>
        <translation>告诉服务器管理员的六位数字</translation>
    </message>
    <message>
        <source>Tell these digits to an admin of the server. They type them in their own dashboard, under Settings, Access; or run there:</source>
        <translation>请把这些数字告诉服务器的管理员。管理员在自己的仪表板的“设置”、“访问”中输入，或在服务器上运行：</translation>
    </message>
    <message>
        <source>You may close this: the window goes on waiting, and signs in by itself.</source>
        <translation>您可以关闭此对话框：窗口会继续等待，并自动登录。</translation>
    </message>
    <message>
        <source>Get a code. An admin of the server lets you in by it, and your token comes by itself.</source>
        <translation>获取配对码。服务器的管理员凭它让您进入，令牌会自动送达。</translation>
    </message>
    <message>
        <source>Asking the server…</source>
        <translation>正在询问服务器…</translation>
    </message>
    <message>
        <source>Get a code</source>
        <translation>获取配对码</translation>
    </message>
    <message>
        <source>Get another code</source>
        <translation>换一个配对码</translation>
    </message>
    <message>
        <source>Good for %1</source>
        <translation>有效时间还剩 %1</translation>
    </message>
    <message>
        <source>It needs a name, so that an admin knows who asks.</source>
        <translation>需要名称，管理员才知道是谁在请求。</translation>
    </message>
    <message>
        <source>This server is too old to let anybody in by a code. Sign in with a token.</source>
        <translation>此服务器版本太旧，不能用配对码登录。请用令牌登录。</translation>
    </message>
    <message>
        <source>The server does not answer right now. It is asked again and again; the code stays good unless the server is started anew.</source>
        <translation>服务器现在没有响应，窗口会不断重试。除非服务器重新启动，配对码一直有效。</translation>
    </message>
    <message>
        <source>Nobody has let you in within ten minutes, and the code is good no more. Get another one.</source>
        <translation>十分钟内没有人让您进入，配对码已失效。请换一个。</translation>
    </message>
    <message>
        <source>The server does not know this code any more: it was started anew, or your token was lost on the way. Get another one.</source>
        <translation>服务器不再认识此配对码：它重新启动过，或您的令牌在途中丢失。请换一个。</translation>
    </message>
    <message>
        <source>You were let in, but the server does not answer right now. It is asked again and again: leave this window open.</source>
        <translation>已让您进入，但服务器现在没有响应。窗口会不断重试：请不要关闭窗口。</translation>
    </message>
    <message>
        <source>You were let in.</source>
        <translation>已让您进入。</translation>
    </message>
</context>
<context>
    <name>prism::ui::Panel</name>
    <message>
        <source>%1 old</source>
        <translation>%1前</translation>
    </message>
    <message>
        <source>Waiting for the server…</source>
        <translation>正在等待服务器…</translation>
    </message>
</context>
<context>
    <name>prism::ui::PercentileChart</name>
    <message>
        <source>Check times</source>
        <translation>检查耗时</translation>
    </message>
    <message>
        <source>Average %1, half of the checks within %2, 95% within %3, 99% within %4.</source>
        <translation>平均 %1，一半的检查在 %2内完成，95% 在 %3内，99% 在 %4内。</translation>
    </message>
    <message>
        <source>avg</source>
        <comment>average, below its bar</comment>
        <translation>平均</translation>
    </message>
    <message>
        <source>No check times yet.</source>
        <translation>还没有检查耗时。</translation>
    </message>
    <message>
        <source>average</source>
        <translation>平均</translation>
    </message>
    <message>
        <source>half of the checks are faster</source>
        <translation>一半的检查更快</translation>
    </message>
    <message>
        <source>95% of the checks are faster</source>
        <translation>95% 的检查更快</translation>
    </message>
    <message>
        <source>99% of the checks are faster</source>
        <translation>99% 的检查更快</translation>
    </message>
    <message>
        <source>Which</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
</context>
<context>
    <name>prism::ui::PeriodSelector</name>
    <message>
        <source>Period</source>
        <translation>时段</translation>
    </message>
    <message>
        <source>Since midnight</source>
        <translation>自零点起</translation>
    </message>
    <message>
        <source>Today and the 6 days before</source>
        <translation>今天及之前 6 天</translation>
    </message>
    <message>
        <source>Today and the 29 days before</source>
        <translation>今天及之前 29 天</translation>
    </message>
    <message>
        <source>Today and the 364 days before</source>
        <translation>今天及之前 364 天</translation>
    </message>
    <message>
        <source>Everything there is</source>
        <translation>所有数据</translation>
    </message>
    <message>
        <source>Period: %1</source>
        <translation>时段：%1</translation>
    </message>
    <message>
        <source>%1 (Ctrl+%2)</source>
        <translation>%1（Ctrl+%2）</translation>
    </message>
</context>
<context>
    <name>prism::ui::PreferencesPanel</name>
    <message>
        <source>Must be below the next one; not applied yet.</source>
        <translation>必须小于下一项，尚未生效。</translation>
    </message>
    <message>
        <source>This dashboard</source>
        <translation>本仪表板</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source> ms</source>
        <comment>after a number</comment>
        <translation> 毫秒</translation>
    </message>
    <message>
        <source> s</source>
        <comment>after a number</comment>
        <translation> 秒</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Of this window, from now on</source>
        <translation>本窗口的语言，立即生效</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Light or dark, or as the desktop has it</source>
        <translation>浅色、深色，或跟随桌面</translation>
    </message>
    <message>
        <source>Check time is good below</source>
        <translation>检查耗时低于此值为良好</translation>
    </message>
    <message>
        <source>Green in the charts</source>
        <translation>图表中显示为绿色</translation>
    </message>
    <message>
        <source>Check time is acceptable below</source>
        <translation>检查耗时低于此值可接受</translation>
    </message>
    <message>
        <source>Amber in the charts; above it red</source>
        <translation>图表中显示为黄色，超过则为红色</translation>
    </message>
    <message>
        <source>Desktop notifications</source>
        <translation>桌面通知</translation>
    </message>
    <message>
        <source>When the server raises an alert</source>
        <translation>服务器发出告警时</translation>
    </message>
    <message>
        <source>Show them</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>Polling interval</source>
        <translation>轮询间隔</translation>
    </message>
    <message>
        <source>How often the server is asked while it cannot push</source>
        <translation>服务器无法推送时，多久查询一次</translation>
    </message>
</context>
<context>
    <name>prism::ui::ProfileDialog</name>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>修改</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Servers</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>The servers that have a name here</source>
        <translation>这里有名称的服务器</translation>
    </message>
    <message>
        <source>Adds a server under this name</source>
        <translation>以此名称添加服务器</translation>
    </message>
    <message>
        <source>Gives the chosen server this name and address</source>
        <translation>把所选服务器改为此名称和地址</translation>
    </message>
    <message>
        <source>Forgets the chosen server</source>
        <translation>不再保留所选服务器</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>A server needs a name.</source>
        <translation>服务器需要一个名称。</translation>
    </message>
    <message>
        <source>That is not the address of a server; it looks like http://127.0.0.1:3000.</source>
        <translation>这不是服务器地址；地址形如 http://127.0.0.1:3000。</translation>
    </message>
    <message>
        <source>Another server has this name.</source>
        <translation>已有服务器使用此名称。</translation>
    </message>
    <message>
        <source>“%1” was changed.</source>
        <translation>“%1”已修改。</translation>
    </message>
    <message>
        <source>“%1” was removed.</source>
        <translation>“%1”已移除。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>That names more than a server; leave out what follows its host and port.</source>
        <translation>这不只是服务器的地址，请去掉主机和端口之后的部分。</translation>
    </message>
    <message>
        <source>This was not saved. It is as you left it.</source>
        <translation>这些内容尚未保存，已恢复为您离开时的样子。</translation>
    </message>
    <message>
        <source>Discard changes</source>
        <translation>放弃修改</translation>
    </message>
</context>
<context>
    <name>prism::ui::ProfileMenu</name>
    <message>
        <source>%1 (%2)</source>
        <comment>profile, server</comment>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>Edit servers…</source>
        <translation>编辑服务器…</translation>
    </message>
    <message>
        <source>Server: %1</source>
        <translation>服务器：%1</translation>
    </message>
    <message>
        <source>Other servers</source>
        <translation>其他服务器</translation>
    </message>
    <message>
        <source>Shows which server this is, and opens the windows of others</source>
        <translation>显示当前服务器，并可打开其他服务器的窗口</translation>
    </message>
    <message>
        <source>Signed in as %1…</source>
        <translation>已以 %1 登录…</translation>
    </message>
    <message>
        <source>Sign in…</source>
        <translation>登录…</translation>
    </message>
</context>
<context>
    <name>prism::ui::QualityPanel</name>
    <message>
        <source>Quality</source>
        <translation>质量</translation>
    </message>
    <message>
        <source>Top violated principles</source>
        <translation>违反最多的原则</translation>
    </message>
    <message>
        <source>None violated in this period.</source>
        <translation>本时段没有违规。</translation>
    </message>
</context>
<context>
    <name>prism::ui::RecordConflict</name>
    <message>
        <source>Brought together</source>
        <translation>已自动合并</translation>
    </message>
    <message>
        <source>Yours</source>
        <translation>您的</translation>
    </message>
    <message>
        <source>Theirs</source>
        <translation>对方的</translation>
    </message>
    <message>
        <source>%1, %2: %3</source>
        <comment>field, yours or theirs, value</comment>
        <translation>%1，%2：%3</translation>
    </message>
    <message>
        <source>Takes this value</source>
        <translation>采用这个值</translation>
    </message>
    <message>
        <source>%1: %2 (you changed it)</source>
        <translation>%1：%2（您修改的）</translation>
    </message>
    <message>
        <source>%1: %2 (they changed it)</source>
        <translation>%1：%2（对方修改的）</translation>
    </message>
    <message>
        <source>You both changed this record</source>
        <translation>双方都修改了这条记录</translation>
    </message>
    <message>
        <source>Somebody else saved this record while you edited it. Choose for each field that you both changed; the rest is brought together by itself.</source>
        <translation>您编辑期间，有人保存了这条记录。请为双方都改过的每个字段作出选择，其余部分会自动合并。</translation>
    </message>
    <message>
        <source>Save the merged record</source>
        <translation>保存合并后的记录</translation>
    </message>
    <message>
        <source>Possible once there is a choice for each field</source>
        <translation>每个字段都选好后即可保存</translation>
    </message>
    <message>
        <source>Back to editing</source>
        <translation>返回编辑</translation>
    </message>
    <message>
        <source>Nothing is saved, and your own words stay</source>
        <translation>不保存任何内容，您写的内容保持不变</translation>
    </message>
</context>
<context>
    <name>prism::ui::RecordForm</name>
    <message>
        <source>A record needs a name.</source>
        <translation>记录必须有名称。</translation>
    </message>
    <message numerus="yes">
        <source>At most %Ln character(s).</source>
        <translation>
            <numerusform>最多 %Ln 个字符。</numerusform>
        </translation>
    </message>
    <message>
        <source>Another record has this name already.</source>
        <translation>已有同名的记录。</translation>
    </message>
    <message>
        <source>New record</source>
        <translation>新建记录</translation>
    </message>
    <message>
        <source>Edit record</source>
        <translation>编辑记录</translation>
    </message>
    <message>
        <source>Metrics (none chosen: all)</source>
        <translation>指标（不选则为全部）</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>正在保存…</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Save (Ctrl+S)</source>
        <translation>保存（Ctrl+S）</translation>
    </message>
    <message>
        <source>Stores the record on the server</source>
        <translation>把记录保存到服务器</translation>
    </message>
    <message>
        <source>Discard changes</source>
        <translation>放弃修改</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Close without saving (Esc)</source>
        <translation>不保存并关闭（Esc）</translation>
    </message>
    <message>
        <source>Closes the form without saving</source>
        <translation>不保存并关闭表单</translation>
    </message>
    <message>
        <source>How the record came about</source>
        <translation>记录的来源</translation>
    </message>
    <message>
        <source>The span of time the metrics are computed over</source>
        <translation>计算指标所用的时段</translation>
    </message>
    <message>
        <source>Space chooses; without any, all are computed</source>
        <translation>按空格键选择；不选则计算全部指标</translation>
    </message>
    <message>
        <source>There are changes that are not saved. Save them, or discard them.</source>
        <translation>有尚未保存的修改。请保存或放弃。</translation>
    </message>
    <message>
        <source>Somebody deleted this record meanwhile. Saving creates it again.</source>
        <translation>期间有人删除了这条记录。保存会重新创建它。</translation>
    </message>
    <message>
        <source>It is not known whether this was saved: %1 Saving again is safe, it is done once.</source>
        <translation>不确定是否已保存：%1可以放心再次保存，只会生效一次。</translation>
    </message>
    <message>
        <source>Somebody else changed this record meanwhile. Saving brings both together.</source>
        <translation>期间有人修改了这条记录。保存时会合并双方的修改。</translation>
    </message>
    <message>
        <source>What the record is called, unlike any other</source>
        <translation>记录的名称，不能与其他记录相同</translation>
    </message>
    <message>
        <source>What the record is for</source>
        <translation>记录的用途</translation>
    </message>
    <message>
        <source>This was not saved. It is as you left it.</source>
        <translation>这些内容尚未保存，已恢复为您离开时的样子。</translation>
    </message>
</context>
<context>
    <name>prism::ui::RecordResultPanel</name>
    <message>
        <source>It could not be run: %1</source>
        <translation>无法运行：%1</translation>
    </message>
    <message>
        <source>Computing…</source>
        <translation>正在计算…</translation>
    </message>
    <message>
        <source>as of %1</source>
        <translation>截至 %1</translation>
    </message>
    <message>
        <source>Metric</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Run again</source>
        <translation>再次运行</translation>
    </message>
    <message>
        <source>Computes it anew</source>
        <translation>重新计算</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Close (Esc)</source>
        <translation>关闭（Esc）</translation>
    </message>
    <message>
        <source>Closes the result</source>
        <translation>关闭结果</translation>
    </message>
    <message>
        <source>Each metric with its value</source>
        <translation>每个指标及其值</translation>
    </message>
</context>
<context>
    <name>prism::ui::RecordWords</name>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>描述</translation>
    </message>
    <message>
        <source>Metrics</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>Period</source>
        <translation>时段</translation>
    </message>
    <message>
        <source>Filters</source>
        <translation>筛选条件</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Scheduled</source>
        <translation>定期</translation>
    </message>
    <message>
        <source>Ad hoc</source>
        <translation>临时</translation>
    </message>
    <message>
        <source>Custom</source>
        <translation>自定义</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Principle</source>
        <translation>原则</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>严重程度</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>filter, values</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>All metrics</source>
        <translation>全部指标</translation>
    </message>
    <message>
        <source>(empty)</source>
        <translation>（空）</translation>
    </message>
    <message>
        <source>As usual (%1)</source>
        <translation>默认（%1）</translation>
    </message>
    <message>
        <source>User</source>
        <translation>用户</translation>
    </message>
</context>
<context>
    <name>prism::ui::RecordsEmptyNote</name>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Create the first one</source>
        <translation>新建第一条</translation>
    </message>
    <message>
        <source>The records could not be loaded</source>
        <translation>无法加载记录</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>正在加载…</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>没有找到</translation>
    </message>
    <message>
        <source>No record matches the search and the type.</source>
        <translation>没有符合搜索和类型的记录。</translation>
    </message>
    <message>
        <source>No records yet</source>
        <translation>还没有记录</translation>
    </message>
    <message>
        <source>A record saves which metrics you want to see, over which period, so that you and others can run it again.</source>
        <translation>记录保存您想查看哪些指标、哪个时段，您和他人都可以随时再次运行。</translation>
    </message>
</context>
<context>
    <name>prism::ui::RecordsPage</name>
    <message>
        <source>“%1” is back.</source>
        <translation>“%1”已恢复。</translation>
    </message>
    <message>
        <source>“%1” is saved, with somebody else&apos;s changes in it.</source>
        <translation>“%1”已保存，并合并了他人的修改。</translation>
    </message>
    <message>
        <source>“%1” is saved.</source>
        <translation>“%1”已保存。</translation>
    </message>
    <message>
        <source>“%1” was deleted.</source>
        <translation>“%1”已删除。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>somebody changed it meanwhile; have another look</source>
        <translation>期间有人修改过它，请再看一看</translation>
    </message>
    <message>
        <source>“%1”: %2</source>
        <comment>record, why not</comment>
        <translation>“%1”：%2</translation>
    </message>
    <message>
        <source>Your changes were discarded.</source>
        <translation>您的更改已放弃。</translation>
    </message>
</context>
<context>
    <name>prism::ui::RecordsPanel</name>
    <message>
        <source>%1–%2 of %3</source>
        <translation>第 %1–%2 条，共 %3 条</translation>
    </message>
    <message>
        <source>%1–%2</source>
        <translation>%1–%2</translation>
    </message>
    <message>
        <source>Copy selected rows</source>
        <translation>复制所选行</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Period</source>
        <translation>时段</translation>
    </message>
    <message>
        <source>Records</source>
        <translation>记录</translation>
    </message>
    <message>
        <source>All types</source>
        <translation>全部类型</translation>
    </message>
    <message>
        <source>Search (Ctrl+F)</source>
        <translation>搜索（Ctrl+F）</translation>
    </message>
    <message>
        <source>New record</source>
        <translation>新建记录</translation>
    </message>
    <message>
        <source>New record (Ctrl+N)</source>
        <translation>新建记录（Ctrl+N）</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>Edit the selected record (Enter)</source>
        <translation>编辑所选记录（Enter）</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Compute what the selected record asks for</source>
        <translation>计算所选记录要求的指标</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Delete the selected record (Del)</source>
        <translation>删除所选记录（Del）</translation>
    </message>
    <message>
        <source>Show records of type</source>
        <translation>显示的记录类型</translation>
    </message>
    <message>
        <source>Limits the list to one type of record</source>
        <translation>列表只显示一种类型的记录</translation>
    </message>
    <message>
        <source>Search records</source>
        <translation>搜索记录</translation>
    </message>
    <message>
        <source>Looks in names and descriptions</source>
        <translation>在名称和描述中查找</translation>
    </message>
    <message>
        <source>Enter edits, Delete deletes the selected record</source>
        <translation>按 Enter 键编辑所选记录，按 Del 键删除</translation>
    </message>
    <message>
        <source>Export records</source>
        <translation>导出记录</translation>
    </message>
    <message>
        <source>Export this page as CSV…</source>
        <translation>将此页导出为 CSV…</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>%1 could not be written.</source>
        <translation>无法写入 %1。</translation>
    </message>
    <message>
        <source>Enter runs the selected record</source>
        <translation>按 Enter 键运行所选记录</translation>
    </message>
</context>
<context>
    <name>prism::ui::RecordsTexts</name>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>描述</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Period</source>
        <translation>时段</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>修改时间</translation>
    </message>
</context>
<context>
    <name>prism::ui::RoleBox</name>
    <message>
        <source>Role</source>
        <translation>角色</translation>
    </message>
    <message>
        <source>A reporter reports, a viewer reads, an editor also changes records and marks, an admin does everything</source>
        <translation>报告者只报告，查看者只读取，编辑者还可更改记录和标记，管理员可做一切</translation>
    </message>
</context>
<context>
    <name>prism::ui::SectionBar</name>
    <message>
        <source>Part of the settings</source>
        <translation>设置的部分</translation>
    </message>
    <message>
        <source>General</source>
        <comment>settings</comment>
        <translation>常规</translation>
    </message>
    <message>
        <source>This dashboard&apos;s settings and the server&apos;s</source>
        <translation>此仪表板的设置和服务器的设置</translation>
    </message>
    <message>
        <source>Access</source>
        <comment>settings</comment>
        <translation>访问</translation>
    </message>
    <message>
        <source>Who is signed in, and who may ask this server</source>
        <translation>谁已登录，以及谁可以访问此服务器</translation>
    </message>
    <message>
        <source>Audit</source>
        <comment>settings</comment>
        <translation>审计</translation>
    </message>
    <message>
        <source>Who did what at this server</source>
        <translation>谁在此服务器上做了什么</translation>
    </message>
</context>
<context>
    <name>prism::ui::SelfPanel</name>
    <message>
        <source>You are signed in.</source>
        <translation>您已登录。</translation>
    </message>
    <message>
        <source>Nobody is signed in, and nobody has to be at this server.</source>
        <translation>没有人登录，此服务器也不要求登录。</translation>
    </message>
    <message>
        <source>Sign in as somebody else…</source>
        <translation>以其他身份登录…</translation>
    </message>
    <message>
        <source>Sign in…</source>
        <translation>登录…</translation>
    </message>
    <message>
        <source>You</source>
        <translation>您</translation>
    </message>
    <message>
        <source>Asks for a token for this server, or for a code</source>
        <translation>要求输入此服务器的令牌，或获取配对码</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>退出登录</translation>
    </message>
    <message>
        <source>Forgets the token here; it stays good at the server</source>
        <translation>在这里忘记令牌；令牌在服务器上仍然有效</translation>
    </message>
    <message>
        <source>At this server you trust the certificate whose SHA-256 begins with %1, and no other.</source>
        <translation>在此服务器，您只信任 SHA-256 以 %1 开头的证书。</translation>
    </message>
    <message>
        <source>Trust it no more</source>
        <translation>不再信任</translation>
    </message>
    <message>
        <source>Nothing is sent to this server then, unless this computer trusts it</source>
        <translation>此后不再向此服务器发送任何内容，除非此计算机信任它</translation>
    </message>
</context>
<context>
    <name>prism::ui::ServerSettingsPanel</name>
    <message>
        <source>Unmute</source>
        <translation>取消静音</translation>
    </message>
    <message>
        <source>%1 is muted</source>
        <translation>“%1”已静音</translation>
    </message>
    <message>
        <source>Until %1</source>
        <translation>直到 %1</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Asks the server for its settings</source>
        <translation>向服务器查询设置</translation>
    </message>
    <message>
        <source>for ever</source>
        <translation>永久</translation>
    </message>
    <message>
        <source>When an alert is raised</source>
        <translation>何时发出告警</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>正在保存…</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Changes the server&apos;s settings for everybody</source>
        <translation>为所有人更改服务器设置</translation>
    </message>
    <message>
        <source>Revert</source>
        <translation>还原</translation>
    </message>
    <message>
        <source>Shows the server&apos;s settings again</source>
        <translation>重新显示服务器的设置</translation>
    </message>
    <message>
        <source>Your changes were discarded.</source>
        <translation>您的更改已放弃。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>These changes were not saved. They are as you left them.</source>
        <translation>这些更改尚未保存，已恢复为您离开时的样子。</translation>
    </message>
</context>
<context>
    <name>prism::ui::ServerSettingsWords</name>
    <message>
        <source>Strict</source>
        <translation>严格</translation>
    </message>
    <message>
        <source>Relaxed</source>
        <translation>宽松</translation>
    </message>
    <message>
        <source>Standard</source>
        <translation>标准</translation>
    </message>
    <message>
        <source>Strictness of checks</source>
        <translation>检查的严格程度</translation>
    </message>
    <message>
        <source>Time to judge a check</source>
        <translation>判定检查的时限</translation>
    </message>
    <message>
        <source>Checks are kept</source>
        <translation>检查的保留时间</translation>
    </message>
    <message>
        <source>How much a violated principle weighs</source>
        <translation>违反原则的后果有多重</translation>
    </message>
    <message>
        <source>After that there is no verdict</source>
        <translation>超过时限则不作判定</translation>
    </message>
    <message>
        <source>Older ones go, what they counted stays</source>
        <translation>更早的会被删除，已计入的数字保留</translation>
    </message>
    <message>
        <source> ms</source>
        <comment>after a number</comment>
        <translation> 毫秒</translation>
    </message>
    <message>
        <source> days</source>
        <comment>after a number</comment>
        <translation> 天</translation>
    </message>
    <message>
        <source>At 7 one false alarm in 1,000 hours; more means fewer and later alerts</source>
        <translation>为 7 时约 1,000 小时一次误报；越大告警越少、越晚</translation>
    </message>
    <message>
        <source>One check in 20 may take longer</source>
        <translation>每 20 次检查可有一次更慢</translation>
    </message>
    <message>
        <source>So many times as many slow checks as usual</source>
        <translation>慢检查达到平时的多少倍</translation>
    </message>
    <message>
        <source>At 4 one false alarm in 50 days; more means fewer and later alerts</source>
        <translation>为 4 时约 50 天一次误报；越大告警越少、越晚</translation>
    </message>
    <message>
        <source>%1, evidence above</source>
        <comment>kind of alert</comment>
        <translation>%1：证据高于</translation>
    </message>
    <message>
        <source>%1, from</source>
        <comment>kind of alert</comment>
        <translation>%1：起始耗时</translation>
    </message>
    <message>
        <source>%1, times the usual</source>
        <comment>kind of alert</comment>
        <translation>%1：平时的倍数</translation>
    </message>
    <message>
        <source>%1, below</source>
        <comment>kind of alert</comment>
        <translation>%1：低于</translation>
    </message>
    <message>
        <source>Of the users usual on that weekday</source>
        <translation>占平时同一星期几用户数的比例</translation>
    </message>
    <message>
        <source>Main branches</source>
        <translation>主分支</translation>
    </message>
    <message>
        <source>%1, after</source>
        <comment>kind of alert</comment>
        <translation>%1：超过</translation>
    </message>
    <message>
        <source>So long a gate of a main branch may be blocked</source>
        <translation>主分支的门禁可以被拦截这么久</translation>
    </message>
    <message>
        <source> min</source>
        <comment>after a number</comment>
        <translation> 分钟</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>正在加载…</translation>
    </message>
    <message>
        <source>This server has no settings that can be changed while it runs. They are given when it is started.</source>
        <translation>此服务器没有可在运行时更改的设置，设置在启动时指定。</translation>
    </message>
    <message>
        <source>You are not allowed to see this server&apos;s settings. An administrator is.</source>
        <translation>您无权查看此服务器的设置，请联系管理员。</translation>
    </message>
    <message>
        <source>Sign in to see this server&apos;s settings.</source>
        <translation>请登录以查看此服务器的设置。</translation>
    </message>
    <message>
        <source>The settings could not be loaded: %1</source>
        <translation>无法加载设置：%1</translation>
    </message>
</context>
<context>
    <name>prism::ui::SignInDialog</name>
    <message>
        <source>Sign in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>退出登录</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Sign in at %1</source>
        <translation>登录 %1</translation>
    </message>
    <message>
        <source>What you were given to sign in with at this server</source>
        <translation>您获得的、用于登录此服务器的凭据</translation>
    </message>
    <message>
        <source>Asks the server who this is, and keeps the token</source>
        <translation>向服务器核实身份，并保存令牌</translation>
    </message>
    <message>
        <source>Forgets the token here; it stays good at the server</source>
        <translation>在此处忘记令牌；它在服务器上仍然有效</translation>
    </message>
    <message>
        <source>Goes back to the window</source>
        <translation>返回窗口</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>令牌</translation>
    </message>
    <message>
        <source>An admin of the server makes one: prism-server token create</source>
        <translation>由服务器的管理员创建令牌：prism-server token create</translation>
    </message>
    <message>
        <source>Signed in.</source>
        <translation>已登录。</translation>
    </message>
    <message>
        <source>Nobody is signed in.</source>
        <translation>无人登录。</translation>
    </message>
    <message>
        <source>Asking the server…</source>
        <translation>正在询问服务器…</translation>
    </message>
    <message>
        <source>You are signed in.</source>
        <translation>您已登录。</translation>
    </message>
</context>
<context>
    <name>prism::ui::StatCard</name>
    <message>
        <source>all there is, nothing to compare with</source>
        <translation>全部数据，没有可比较的时段</translation>
    </message>
    <message>
        <source>unchanged</source>
        <translation>无变化</translation>
    </message>
    <message>
        <source>was %1</source>
        <translation>之前 %1</translation>
    </message>
    <message>
        <source>nothing to compare with yet</source>
        <translation>还没有可比较的数据</translation>
    </message>
</context>
<context>
    <name>prism::ui::StatusLine</name>
    <message>
        <source>The server does not allow this dashboard to read.</source>
        <translation>服务器不允许本仪表板读取数据。</translation>
    </message>
    <message>
        <source>Notice</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>complete since %1</source>
        <translation>自 %1 起数据完整</translation>
    </message>
    <message>
        <source>%1–%2</source>
        <translation>%1–%2</translation>
    </message>
    <message numerus="yes">
        <source>%1: %Ln event(s) caught up</source>
        <translation>
            <numerusform>%1：补回 %Ln 个事件</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: everything was loaded anew</source>
        <translation>%1：已重新加载全部内容</translation>
    </message>
    <message>
        <source>No event is missing since then.</source>
        <translation>此后没有遗漏任何事件。</translation>
    </message>
    <message>
        <source>Interruptions:</source>
        <translation>中断记录：</translation>
    </message>
    <message>
        <source>Completeness</source>
        <translation>完整性</translation>
    </message>
    <message>
        <source>What the dashboard saw when it was last open, until something newer comes.</source>
        <translation>仪表板上次打开时看到的内容，直到有更新的数据为止。</translation>
    </message>
    <message>
        <source>as of %1, %2 ago</source>
        <translation>截至 %1，%2前</translation>
    </message>
    <message>
        <source>A record and settings of the server that you had not saved are here as you left them.</source>
        <translation>未保存的记录和服务器设置已恢复为您离开时的样子。</translation>
    </message>
    <message>
        <source>A record that you had not saved is here as you left it.</source>
        <translation>未保存的记录已恢复为您离开时的样子。</translation>
    </message>
    <message>
        <source>Settings of the server that you had not saved are here as you left them.</source>
        <translation>未保存的服务器设置已恢复为您离开时的样子。</translation>
    </message>
    <message>
        <source>What is shown stays.</source>
        <translation>已显示的内容会保留。</translation>
    </message>
    <message>
        <source>Moment</source>
        <translation>时刻</translation>
    </message>
    <message>
        <source>Period</source>
        <translation>时段</translation>
    </message>
    <message>
        <source>numbers %1 old</source>
        <translation>数据为 %1前</translation>
    </message>
</context>
<context>
    <name>prism::ui::TableContents</name>
    <message>
        <source>CSV (*.csv)</source>
        <translation>CSV (*.csv)</translation>
    </message>
</context>
<context>
    <name>prism::ui::Terms</name>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>Week</source>
        <translation>近 7 天</translation>
    </message>
    <message>
        <source>Month</source>
        <translation>近 30 天</translation>
    </message>
    <message>
        <source>Year</source>
        <translation>近 365 天</translation>
    </message>
    <message>
        <source>All</source>
        <comment>period</comment>
        <translation>全部</translation>
    </message>
    <message>
        <source>Total checks</source>
        <translation>检查总数</translation>
    </message>
    <message>
        <source>Violations</source>
        <translation>违规</translation>
    </message>
    <message>
        <source>Violation rate</source>
        <translation>违规率</translation>
    </message>
    <message>
        <source>Checks with violations</source>
        <translation>有违规的检查</translation>
    </message>
    <message>
        <source>False positives</source>
        <translation>误报率</translation>
    </message>
    <message>
        <source>Pattern accuracy</source>
        <translation>模式准确率</translation>
    </message>
    <message>
        <source>Success rate</source>
        <translation>通过率</translation>
    </message>
    <message>
        <source>Active users</source>
        <translation>活跃用户</translation>
    </message>
    <message>
        <source>Users per day</source>
        <translation>日均用户</translation>
    </message>
    <message>
        <source>Active sessions</source>
        <translation>活跃会话</translation>
    </message>
    <message>
        <source>Average check time</source>
        <translation>平均检查耗时</translation>
    </message>
    <message>
        <source>Shortest check time</source>
        <translation>最短检查耗时</translation>
    </message>
    <message>
        <source>Longest check time</source>
        <translation>最长检查耗时</translation>
    </message>
    <message>
        <source>Check time, p50</source>
        <translation>检查耗时 p50</translation>
    </message>
    <message>
        <source>Check time, p95</source>
        <translation>检查耗时 p95</translation>
    </message>
    <message>
        <source>Check time, p99</source>
        <translation>检查耗时 p99</translation>
    </message>
    <message>
        <source>Slow checks</source>
        <translation>慢检查</translation>
    </message>
    <message>
        <source>Retrospectives</source>
        <translation>复盘</translation>
    </message>
    <message>
        <source>Time per retrospective</source>
        <translation>复盘平均时长</translation>
    </message>
    <message>
        <source>PASS</source>
        <comment>status of a check</comment>
        <translation>通过</translation>
    </message>
    <message>
        <source>WARNING</source>
        <comment>status of a check</comment>
        <translation>警告</translation>
    </message>
    <message>
        <source>BLOCKED</source>
        <comment>status of a check</comment>
        <translation>已拦截</translation>
    </message>
    <message>
        <source>INFO</source>
        <comment>severity of a violation</comment>
        <translation>提示</translation>
    </message>
    <message>
        <source>WARNING</source>
        <comment>severity of a violation</comment>
        <translation>警告</translation>
    </message>
    <message>
        <source>BLOCK</source>
        <comment>severity of a violation</comment>
        <translation>拦截</translation>
    </message>
    <message>
        <source>Quick</source>
        <translation>快速</translation>
    </message>
    <message>
        <source>Standard</source>
        <translation>标准</translation>
    </message>
    <message>
        <source>Deep</source>
        <translation>深入</translation>
    </message>
    <message>
        <source>CI</source>
        <translation>持续集成</translation>
    </message>
    <message>
        <source>an agent&apos;s machine</source>
        <translation>智能体</translation>
    </message>
    <message>
        <source>a local machine</source>
        <translation>本地机器</translation>
    </message>
    <message>
        <source>Blocked checks</source>
        <translation>被拦截的检查</translation>
    </message>
</context>
<context>
    <name>prism::ui::TimeTravelBar</name>
    <message>
        <source>d MMM yyyy, HH:mm</source>
        <comment>a moment, as QLocale::toString reads it</comment>
        <translation>yyyy年M月d日 HH:mm</translation>
    </message>
    <message>
        <source>as of %1</source>
        <translation>截至 %1</translation>
    </message>
    <message>
        <source>live</source>
        <translation>实时</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Shows the dashboard as it was, up to thirty days ago; %1</source>
        <translation>显示过去三十天内任一时刻的仪表板；%1</translation>
    </message>
    <message>
        <source>As it was: arrow keys go a quarter of an hour, Page keys a day</source>
        <translation>回看过去：方向键移动一刻钟，翻页键移动一天</translation>
    </message>
    <message>
        <source>Moment</source>
        <translation>时刻</translation>
    </message>
    <message>
        <source>Shows the dashboard as it was at this moment</source>
        <translation>显示该时刻的仪表板</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>实时</translation>
    </message>
    <message>
        <source>Back to now (Esc)</source>
        <translation>回到现在（Esc）</translation>
    </message>
    <message>
        <source>Back to what is happening now</source>
        <translation>回到正在发生的内容</translation>
    </message>
</context>
<context>
    <name>prism::ui::TokenDialog</name>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Whose it is, or of what</source>
        <translation>属于谁，或用于什么</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>角色</translation>
    </message>
    <message>
        <source>The old secret is good for</source>
        <translation>旧令牌还有效</translation>
    </message>
    <message>
        <source>Good for</source>
        <translation>有效期</translation>
    </message>
    <message>
        <source> hours</source>
        <comment>after a number</comment>
        <translation> 小时</translation>
    </message>
    <message>
        <source> days</source>
        <comment>after a number</comment>
        <translation> 天</translation>
    </message>
    <message>
        <source>So that it can be replaced where it is used</source>
        <translation>以便在使用它的地方完成替换</translation>
    </message>
    <message>
        <source>For how many days the token is good</source>
        <translation>令牌有效的天数</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>令牌</translation>
    </message>
    <message>
        <source>What one signs in with; shown this once</source>
        <translation>登录用的内容；只显示这一次</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Puts the token on the clipboard</source>
        <translation>把令牌放到剪贴板</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Goes back to the window</source>
        <translation>返回窗口</translation>
    </message>
    <message>
        <source>New token</source>
        <translation>新令牌</translation>
    </message>
    <message>
        <source>Make the token</source>
        <translation>创建令牌</translation>
    </message>
    <message>
        <source>Makes it at the server, and shows it here once</source>
        <translation>在服务器上创建，并在这里显示一次</translation>
    </message>
    <message>
        <source>New secret for “%1”</source>
        <translation>更换“%1”的令牌</translation>
    </message>
    <message>
        <source>Make the secret</source>
        <translation>更换</translation>
    </message>
    <message>
        <source>Revoke “%1”</source>
        <translation>吊销“%1”</translation>
    </message>
    <message>
        <source>Revoke</source>
        <translation>吊销</translation>
    </message>
    <message>
        <source>Ends the token at once; there is no way back</source>
        <translation>立即停用令牌，无法恢复</translation>
    </message>
    <message>
        <source>This is the token. It is shown this once: copy it now to where it is used.</source>
        <translation>这就是令牌。它只显示这一次：请立即复制到使用它的地方。</translation>
    </message>
    <message>
        <source>A token for somebody&apos;s dashboard, or for a pipeline, which only reports.</source>
        <translation>供某人的仪表板使用的令牌，或供只上报的流水线使用。</translation>
    </message>
    <message>
        <source>“%1” gets another secret. The one that it has stays good for a while.</source>
        <translation>“%1”会得到新的令牌内容，旧的还会有效一段时间。</translation>
    </message>
    <message>
        <source>Revoke “%1”? You are signed in by it yourself: this window is signed out then. There is no way back.</source>
        <translation>吊销“%1”？您自己正用它登录：此窗口会随之退出登录。无法恢复。</translation>
    </message>
    <message>
        <source>Revoke “%1”? Whoever signs in by it is signed out at once, and there is no way back.</source>
        <translation>吊销“%1”？用它登录的人会立即退出登录，且无法恢复。</translation>
    </message>
    <message>
        <source>The server did not answer. If the list shows it all the same, its secret is lost: revoke it, and make another one.</source>
        <translation>服务器没有响应。如果列表中仍出现它，其内容已丢失：请吊销后重新创建。</translation>
    </message>
    <message>
        <source>This was done a short while ago, and the secret of then is good as well. With 0 hours both end at once.</source>
        <translation>不久前刚更换过，当时的旧令牌也还有效。设为 0 小时则两者立即失效。</translation>
    </message>
    <message>
        <source>The token is on the clipboard.</source>
        <translation>令牌已在剪贴板上。</translation>
    </message>
</context>
<context>
    <name>prism::ui::TokenTexts</name>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>角色</translation>
    </message>
    <message>
        <source>Last used</source>
        <translation>上次使用</translation>
    </message>
    <message>
        <source>Good until</source>
        <translation>有效期至</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>创建</translation>
    </message>
    <message>
        <source>Made by</source>
        <translation>创建者</translation>
    </message>
    <message>
        <source>never</source>
        <comment>used</comment>
        <translation>从未</translation>
    </message>
    <message>
        <source>whoever runs the server</source>
        <translation>服务器的运维者</translation>
    </message>
    <message>
        <source>d MMM yyyy</source>
        <translation>yyyy年M月d日</translation>
    </message>
</context>
<context>
    <name>prism::ui::TokensPanel</name>
    <message>
        <source>Nobody signs in by the token “%1” any more.</source>
        <translation>不再有人能用令牌“%1”登录。</translation>
    </message>
    <message>
        <source>The tokens could not be loaded: %1</source>
        <translation>无法加载令牌：%1</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>正在加载…</translation>
    </message>
    <message>
        <source>There are no tokens.</source>
        <translation>没有令牌。</translation>
    </message>
    <message>
        <source>reporter</source>
        <comment>the widest role</comment>
        <translation>报告者</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>令牌</translation>
    </message>
    <message>
        <source>By what somebody signs in at this server; Delete revokes the selected one</source>
        <translation>在此服务器登录所用的令牌；按 Del 键吊销所选令牌</translation>
    </message>
    <message>
        <source>New token…</source>
        <translation>新令牌…</translation>
    </message>
    <message>
        <source>Makes a token for somebody, or for a pipeline</source>
        <translation>为某人或某条流水线创建令牌</translation>
    </message>
    <message>
        <source>New secret…</source>
        <translation>更换…</translation>
    </message>
    <message>
        <source>Makes another secret for the selected token</source>
        <translation>为所选令牌生成新的内容</translation>
    </message>
    <message>
        <source>Revoke…</source>
        <translation>吊销…</translation>
    </message>
    <message>
        <source>Ends the selected token at once</source>
        <translation>立即停用所选令牌</translation>
    </message>
</context>
<context>
    <name>prism::ui::TrendChart</name>
    <message>
        <source>Violations over time</source>
        <translation>违规随时间的变化</translation>
    </message>
    <message>
        <source>HH:mm</source>
        <comment>an hour on the time axis, as QLocale::toString reads it</comment>
        <translation>HH:mm</translation>
    </message>
    <message>
        <source>MMM yyyy</source>
        <comment>a month on the time axis</comment>
        <translation>yyyy年M月</translation>
    </message>
    <message>
        <source>d MMM</source>
        <comment>a day on the time axis</comment>
        <translation>M月d日</translation>
    </message>
    <message>
        <source>Rising.</source>
        <translation>上升。</translation>
    </message>
    <message>
        <source>Falling.</source>
        <translation>下降。</translation>
    </message>
    <message>
        <source>Stable.</source>
        <translation>平稳。</translation>
    </message>
    <message>
        <source>Latest: %1.</source>
        <translation>最新：%1。</translation>
    </message>
    <message>
        <source>Stands out: from %1 to %2 (%3).</source>
        <translation>突变：从 %1 到 %2（%3）。</translation>
    </message>
    <message>
        <source>No trend yet.</source>
        <translation>还没有趋势。</translation>
    </message>
    <message>
        <source>Violations: %1 in all, at most %2 (%3).</source>
        <translation>违规共 %1 项，最多 %2 项（%3）。</translation>
    </message>
    <message>
        <source>no value</source>
        <translation>没有数值</translation>
    </message>
    <message>
        <source>%1 so far</source>
        <translation>目前 %1</translation>
    </message>
    <message>
        <source>smoothed: %1</source>
        <translation>平滑值：%1</translation>
    </message>
    <message>
        <source>step from %1 to %2</source>
        <translation>从 %1 突变到 %2</translation>
    </message>
    <message>
        <source>nothing to expect from</source>
        <translation>无从预测</translation>
    </message>
    <message>
        <source>expected: %1</source>
        <translation>预计：%1</translation>
    </message>
    <message>
        <source>expected: %1 (%2 to %3)</source>
        <translation>预计：%1（%2 至 %3）</translation>
    </message>
    <message>
        <source>From</source>
        <translation>起始</translation>
    </message>
    <message>
        <source>Violations</source>
        <translation>违规</translation>
    </message>
    <message>
        <source>Smoothed</source>
        <translation>平滑值</translation>
    </message>
    <message>
        <source>Expected</source>
        <translation>预计</translation>
    </message>
    <message>
        <source>80%, from</source>
        <translation>80% 下限</translation>
    </message>
    <message>
        <source>80%, to</source>
        <translation>80% 上限</translation>
    </message>
    <message>
        <source>95%, from</source>
        <translation>95% 下限</translation>
    </message>
    <message>
        <source>95%, to</source>
        <translation>95% 上限</translation>
    </message>
    <message>
        <source>Next %1.</source>
        <comment>what is expected of the next bucket</comment>
        <translation>接下来%1。</translation>
    </message>
</context>
<context>
    <name>prism::ui::TrendPanel</name>
    <message>
        <source>violations per hour</source>
        <translation>每小时违规</translation>
    </message>
    <message>
        <source>violations per week</source>
        <translation>每周违规</translation>
    </message>
    <message>
        <source>violations per month</source>
        <translation>每月违规</translation>
    </message>
    <message>
        <source>violations per day</source>
        <translation>每天违规</translation>
    </message>
    <message>
        <source>Violations trend</source>
        <translation>违规趋势</translation>
    </message>
    <message>
        <source>rising</source>
        <translation>上升</translation>
    </message>
    <message>
        <source>falling</source>
        <translation>下降</translation>
    </message>
    <message>
        <source>stable</source>
        <translation>平稳</translation>
    </message>
    <message>
        <source>smoothed</source>
        <translation>平滑值</translation>
    </message>
    <message>
        <source>still running</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>step</source>
        <translation>突变</translation>
    </message>
    <message>
        <source>expected</source>
        <translation>预计</translation>
    </message>
    <message>
        <source>too few values for a direction</source>
        <translation>数据太少，无法判断方向</translation>
    </message>
    <message>
        <source>a week is too short for a direction</source>
        <translation>一周太短，无法判断方向</translation>
    </message>
    <message>
        <source>hours have no direction</source>
        <translation>小时数据不判断方向</translation>
    </message>
    <message>
        <source>too few values to expect any</source>
        <translation>数据太少，无法预计</translation>
    </message>
    <message>
        <source>too few values for steps</source>
        <translation>数据太少，无法判断突变</translation>
    </message>
</context>
<context>
    <name>prism::ui::UsagePanel</name>
    <message>
        <source>Usage</source>
        <translation>使用情况</translation>
    </message>
</context>
</TS>
