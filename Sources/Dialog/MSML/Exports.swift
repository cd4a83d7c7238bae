@_exported public import CallXML
@_exported public import CallCore
