import type { Capability } from './classes.ts';

/** `permissions` is IAM's "Permissions management"; an event itself only ever says read or write. */
export type Access = 'read' | 'write' | 'tagging' | 'permissions' | null;

type Rule = readonly [RegExp, Capability];

const READING =
  /^(Admin)?(Batch)?(Get|List|Describe|Search|Lookup|Head|Check|Is[A-Z]|View|Count|Preview|Estimate|Simulate|Validate|Verify|Test|Discover|Query|Scan|Select|Read|Retrieve|Download|Receive|Filter|Poll|Resolve|Compare|Contains|Calculate|Evaluate|Lookup)/;

/** A describing call names things; the secret or the content is behind another call. */
const NAMING = /^(Admin)?(Batch)?(List|Describe|Search)/;

const MINTS: readonly Rule[] = [
  [
    /(Credentials?|Password|SecretValue|(Access|Auth|Authorization|Authentication|Bearer|Session|Security|Refresh|Federation|OAuth2?|OpenId|Login|Cli|Identity|Connection|Api)Tokens?(For[A-Z]\w+)?|(Access|Api|API|Stream|Secret)Keys?|PresignedU(RL|rl|ri)s?|UnlockCode)$/,
    'credential',
  ],
  [/Presigned\w*Url/, 'credential'],
];

const READS: readonly Rule[] = [
  [/^(Query|Scan|Select|Read|Retrieve|Download|Receive|Filter)/, 'read-data'],
  [
    /^(Batch)?Get(\w*(Record|Object|Item|Message|Content|Document|Row|QueryResult|StatementResult|DownloadUrl)s?)$/,
    'read-data',
  ],
];

const WRITES: readonly Rule[] = [
  [/^AllowVendedLogDelivery/, 'write-config'],
  // Policies that steer a machine rather than people come before the word Policy below.
  [
    /^(Put|Create|Update|Set|Modify|Delete|Remove|Attach|Detach)\w*(Lifecycle|Scaling|Retention|Cache|Cookie|Stickiness|OriginRequest|ResponseHeaders|Routing|Traffic|Scheduling|Backup|Sampling|Index|StorageTier|AutoTermination|Playback|LoadBalancer|Mesh|Feed|DataRetrieval|Deployment|Resiliency|Metric|Cors|Reasoning)\w*Polic(y|ies)$/,
    'write-config',
  ],
  [
    /^(Delete|Disable|Stop|Update|Put|Set|Modify|Configure|Pause|Suspend)\w*(Logging|LoggingConfiguration|LoggingOptions|LogSubscription|LogDelivery|AuditPolicy|FlowLogs|ActivityStream|QueryLog\w*)$/,
    'evade',
  ],
  [
    /^(Delete|Disable|Put|Update|Modify|Remove)\w*(BlockPublicAccess|PublicAccessBlock|DeletionProtection|Guardrail|ObjectLockConfiguration|LockConfiguration|FirewallPolicy)\w*$/,
    'evade',
  ],
  [/^(Disassociate|Remove|Delete)\w*W(ebACL|ebAcl|AF)\w*$/, 'evade'],
  [/^Bypass|^(Delete|Disable)\w*DataProtectionPolicy$/, 'evade'],
  [
    /^(Put|Set|Add|Update|Create|Modify)\w*((Resource|Repository|Bucket|Access|AccessPoint|Sharing|Registry|Vault|FileSystem|Container|Queue|Topic|Destination|Domain|Sink|Cluster|Image|Identity|Delivery\w*|Table|Component|Recipe|RuleGroup|Rule|Channel|Endpoint|Model\w*)Policy|ResourcePolicyStatement|(Snapshot|Image)Attribute|SharingPolicy|AccountPermissions?)$/,
    'share',
  ],
  [/^(Add|Put)\w*Permission$|^Put\w*Acl$/, 'share'],
  [
    /^Share[A-Z]|^(Create|Update|Put|Start|Associate|Enable)\w*(?<!File|Quota|Revenue|Screen)(Share|Sharing)(?!Invitation)([A-Z]\w*)?$/,
    'share',
  ],
  [/^Authorize\w*(Access|Share|SnapshotAccess)$/, 'share'],
  [/^(Put|Create)\w*Replication(Configuration|Destination)?$/, 'export'],
  [/^(Export|(Create|Start|Submit|Request)\w*Export(?!er))/, 'export'],
  [/^(Create|Copy|Start)\w*(Snapshots?|SnapshotCopy|Backup|BackupJob|BackupToRegion)$/, 'export'],
  [/^Copy\w*(Snapshot|Backup|Image|RecoveryPoint|Volumes?)$/, 'export'],
  [/^Restore\w*(Snapshot|Backup|PointInTime|RecoveryPoint|S3)$|^Unload$/, 'export'],
  [/^Create\w*(ReadReplica|FromSnapshot|FromBackup)$/, 'export'],
  [
    /^(Create|Generate|Issue|Rotate|Reset|Update|Get|Refresh|Exchange|Request|Regenerate|Retrieve|Export|Import|Upload|Add|Set|Put|Reveal)\w*(AccessKey|ApiKey|APIKey|KeyPair|SshPublicKey|SSHPublicKey|(Access|Auth|Authorization|Bearer|Session|Security|Refresh|Scim\w*|Login|Cli|Connection|ServiceAccount|Participant|Chat|OAuth2?|SAML|Api|Environment)Token|RefreshToken|Credentials?|CredentialProvider|Password|Secret|ClientSecret|SecretValue|StreamKey|LoginProfile|UnlockCode|LoginSession)s?(For[A-Z]\w+)?$/,
    'credential',
  ],
  // Starting a session in a role is routine; the sessions themselves are judged elsewhere.
  [/^Assume\w*Role/, 'read-metadata'],
  [/Presigned\w*U(rl|RL|ri)|^Create\w*(EmbedUrl|StreamingURL|SessionUrl)$/, 'credential'],
  [
    /^(Create|Delete|Update|Put|Attach|Detach|Set|Add|Remove|Register|Deregister|Associate|Disassociate|Enable|Disable|Admin\w+|Batch\w+|Modify|Assign|Grant|Revoke|Allow|Reset)\w*(Polic(y|ies)|PolicyVersion|PolicyTemplate|PolicyStatement|PolicyGrant|Permissions?|PermissionSet|PermissionsBoundary|Grants?|Roles?|RoleAlias|Admins?|Administrator|AdminAccount|Principals?|PrincipalMapping|Trust|TrustAnchor|TrustedTokenIssuer|IdentityProvider|IdentitySource|Authorizer|AccessEntry|AccessProfile|AccessGrant|AccessConfiguration|AccessControl\w*|SecurityProfile|UserProfile|OrganizationsAccess|ServiceAccount|UserGroup|GroupMembership|GroupMember|Membership)s?$/,
    'privilege',
  ],
  [
    /^(Create|Delete|Update|Register|Deregister|Enable|Disable|Invite|Suspend|Admin(Create|Delete|Enable|Disable)|BatchCreate|BatchDelete|Add|Remove)(\w*[a-z])?Users?(ToGroup|FromGroup)?$/,
    'privilege',
  ],
  [/^(Create|Delete|Update)Group$/, 'privilege'],
  [/^(Purchase|RequestServiceQuota)/, 'spend'],
  [/Reserved\w*(Offering|Node|Instances?|Capacity)/, 'spend'],
  [
    /(SecurityGroup(?!Profile)|(?<!Email)(?<!Api)(?<!Gateway)Route(?!r)|RouteTable|Vpc(?!e)|VPC|Subnet(?!Group)|NatGateway|InternetGateway|TransitGateway|VpnGateway|NetworkAcl|Peering|VpnConnection|NetworkInterface|HostedZone|ResourceRecord|VirtualInterface|DnsRecord|PrefixList|Cidr)/,
    'network',
  ],
  [
    /^(Purge|Drop|Wipe|Erase|Destroy)|^(Terminate|Delete|BatchDelete|Remove(?!\w*From)|Dispose|Reset)\w*(Tables?|Databases?|(?<!Snapshot|Security|Parameter|Subnet)Clusters?|Instances?|Buckets?|Objects?|Volumes?|Snapshots?|Backups?|FileSystem|FileCache|Stacks?|StackSet|Vault|Archive|RecoveryPoint|AutomatedBackup|(?<!Metric|Event)Stream|DeliveryStream|Queue|Topic|Repository|Images?|Packages?|PackageVersions|Functions?|Api|GraphqlApi|RestApi|LoadBalancer|Domain|(?<!Resource)Index|Collection|Environments?|Application|App|Datastore|DataStore|Datasets?|DataSet|Ledger|Keyspace|(?<!Trust)Store|Server|Fleet|Workspaces?|Broker|UserPool|IdentityPool|Ledger|Graph|Warehouse|Namespace|Workgroup|Catalog|Portfolio|(?<!For)Organization|Directory|HostedZone|Nodegroup|StateMachine|CustomKeyStore|EventBus|Canary|CertificateAuthority|ServerlessCache|ReplicationGroup|GlobalCluster|Hsm|Tape|Library|KnowledgeBase|VectorBucket|Vectors|MemoryStore|Memory|Media|ReadSet|ImageSet|Speaker|Faces|Workload|Meeting|Partition|Layer(Version)?|EventDataStore|Experiment|FeatureGroup|Model(Package)?)$/,
    'destroy',
  ],
  [
    /^(Invoke|Execute|Run|Send(Command|SSH)|StartExecution|StartSession|StartSync|Submit\w*Job|Start\w*(JobRun|Execution|Build|PipelineExecution|WorkflowRun)|TestFunction|TestState)/,
    'run-code',
  ],
  [/^(Create|Update|Publish)\w*(Function|FunctionCode|LayerVersion)$/, 'run-code'],
  [
    /^(Batch)?(Put|Write|Send|Publish|Post|Upload|Import|Ingest|Log)\w*(Object|Items?|Records?|Messages?|Events?|Rows?|Documents?|Data|Content|Logs?|Traces?|Spans?|Part|Chunk|Metrics?|Points?|Image|Vectors|Values?|Email|File|Archive|Comment|Feedback)$/,
    'write-data',
  ],
  [
    /^(Publish|Upload|Ingest|Write|Import|Send|Post|PartiQL(Insert|Update|Delete)|BatchWrite)/,
    'write-data',
  ],
];

/** Services whose every change is about who may do what. */
const IDENTITY_SERVICES: ReadonlySet<string> = new Set([
  'iam',
  'identitystore',
  'organizations',
  'rolesanywhere',
  'singlesignon',
  'sso',
  'sso-directory',
]);

/** Services that watch: what takes something away from them blinds someone. */
const WATCHING_SERVICES: ReadonlySet<string> = new Set([
  'access-analyzer',
  'cloudtrail',
  'config',
  'detective',
  'fms',
  'guardduty',
  'inspector2',
  'macie2',
  'network-firewall',
  'securityhub',
  'securitylake',
  'shield',
  'waf',
  'waf-regional',
  'wafv2',
]);

const BLINDING =
  /^(Batch)?(Archive|Delete|Deregister|Disable|Disassociate|Leave|Remove|Stop|Suspend)/;

/** AWS event names are shorter; the patterns above are not for anything longer. */
const MAX_NAME_LENGTH = 128;

/**
 * The class of an action nobody has curated, by its verb and noun. What AWS says of the call
 * (`access`) outweighs the verb.
 */
export function capabilityByRule(service: string, event: string, access: Access): Capability {
  const name = event.slice(0, MAX_NAME_LENGTH);
  if (access === 'tagging') return 'write-config';
  if (access === 'read' || (access !== 'write' && READING.test(name))) {
    return first(NAMING.test(name) ? [] : [...MINTS, ...READS], name) ?? 'read-metadata';
  }
  if (WATCHING_SERVICES.has(service) && BLINDING.test(name)) return 'evade';
  return (
    first(WRITES, name) ??
    (access === 'permissions' || IDENTITY_SERVICES.has(service) ? 'privilege' : 'write-config')
  );
}

function first(rules: readonly Rule[], event: string): Capability | undefined {
  return rules.find(([pattern]) => pattern.test(event))?.[1];
}

/** True where the name itself says that nothing is changed, whatever IAM's access level claims. */
export function readsByName(event: string): boolean {
  return /^(Batch)?(Get|List|Describe)[A-Z]/.test(event);
}
