<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en">
<context>
    <name>prism::desktop::Herald</name>
    <message numerus="yes">
        <source>%Ln more alert(s) came at once. The window has them all.</source>
        <translation>
            <numerusform>%Ln more alert came at once. The window has them all.</numerusform>
            <numerusform>%Ln more alerts came at once. The window has them all.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>prism::desktop::TrayIcon</name>
    <message numerus="yes">
        <source>%Ln alert(s) that nobody has acknowledged</source>
        <translation>
            <numerusform>%Ln alert that nobody has acknowledged</numerusform>
            <numerusform>%Ln alerts that nobody has acknowledged</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>prism::ui::ActivityPanel</name>
    <message numerus="yes">
        <source>%Ln event(s) shown at once</source>
        <translation>
            <numerusform>%Ln event shown at once</numerusform>
            <numerusform>%Ln events shown at once</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>None of the %Ln event(s) loaded matches the filter. Older ones were not searched.</source>
        <translation>
            <numerusform>The event loaded does not match the filter. Older ones were not searched.</numerusform>
            <numerusform>None of the %Ln events loaded matches the filter. Older ones were not searched.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Looks through the %Ln event(s) loaded; older ones are not searched</source>
        <translation>
            <numerusform>Looks through the event loaded; older ones are not searched</numerusform>
            <numerusform>Looks through the %Ln events loaded; older ones are not searched</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>prism::ui::ActivityTexts</name>
    <message numerus="yes">
        <source>%Ln violation(s)</source>
        <translation>
            <numerusform>%Ln violation</numerusform>
            <numerusform>%Ln violations</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>prism::ui::AlertsPanel</name>
    <message numerus="yes">
        <source>%Ln alert(s)</source>
        <translation>
            <numerusform>%Ln alert</numerusform>
            <numerusform>%Ln alerts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln alert(s) that nobody has acknowledged</source>
        <translation>
            <numerusform>%Ln alert that nobody has acknowledged</numerusform>
            <numerusform>%Ln alerts that nobody has acknowledged</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>prism::ui::AuditPanel</name>
    <message numerus="yes">
        <source>%1 has %Ln line(s).</source>
        <translation>
            <numerusform>%1 has %Ln line.</numerusform>
            <numerusform>%1 has %Ln lines.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>prism::ui::RecordForm</name>
    <message numerus="yes">
        <source>At most %Ln character(s).</source>
        <translation>
            <numerusform>At most %Ln character.</numerusform>
            <numerusform>At most %Ln characters.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>prism::ui::StatusLine</name>
    <message numerus="yes">
        <source>%1: %Ln event(s) caught up</source>
        <translation>
            <numerusform>%1: %Ln event caught up</numerusform>
            <numerusform>%1: %Ln events caught up</numerusform>
        </translation>
    </message>
</context>
</TS>
