import { iso, text, texts } from '../../readers/cells.ts';
import { loadSql } from '../../store/sql.ts';
import { type Comparator, SILENT } from './comparator.ts';

const USES = loadSql(new URL('uses-of.sql', import.meta.url));

/** Names that public rule sets alert on, by the three grades they use. */
const RULES: readonly (readonly [risk: number, actions: readonly string[]])[] = [
  [
    73,
    [
      'cloudtrail:StopLogging',
      'cloudtrail:DeleteTrail',
      'guardduty:DeleteDetector',
      'guardduty:UpdateDetector',
      'config:StopConfigurationRecorder',
      'config:DeleteConfigurationRecorder',
      'ec2:ModifySnapshotAttribute',
      'ec2:ModifyImageAttribute',
      'rds:ModifyDBSnapshotAttribute',
      'rds:ModifyDBClusterSnapshotAttribute',
      'iam:CreateLoginProfile',
      'iam:UpdateLoginProfile',
      'iam:AttachUserPolicy',
      'iam:PutUserPolicy',
      'lambda:AddPermission',
      'ec2:GetPasswordData',
      'organizations:LeaveOrganization',
    ],
  ],
  [
    47,
    [
      'cloudtrail:PutEventSelectors',
      'cloudtrail:UpdateTrail',
      'iam:CreateAccessKey',
      'iam:CreateUser',
      'iam:AttachRolePolicy',
      'iam:PutRolePolicy',
      'iam:CreatePolicyVersion',
      'iam:UpdateAssumeRolePolicy',
      'iam:GetAccountAuthorizationDetails',
      'secretsmanager:BatchGetSecretValue',
      'rds:StartExportTask',
      'rds:DeleteDBInstance',
      'rds:DeleteDBCluster',
      'rds:DeleteDBSnapshot',
      'dynamodb:DeleteTable',
      'dynamodb:ExportTableToPointInTime',
      'logs:DeleteLogGroup',
      'kms:ScheduleKeyDeletion',
      'kms:DisableKey',
      's3:PutBucketPolicy',
      's3:DeleteBucket',
      'ec2:CreateInstanceExportTask',
      'ec2:ModifyInstanceAttribute',
      'ssm:SendCommand',
      'ssm:StartSession',
      'sts:GetFederationToken',
    ],
  ],
  [
    21,
    [
      'iam:CreateRole',
      'iam:AddUserToGroup',
      'secretsmanager:GetSecretValue',
      'rds:CreateDBSnapshot',
      'rds:CopyDBSnapshot',
      'rds:RestoreDBInstanceFromDBSnapshot',
      'ec2:CreateSnapshot',
      'ec2:DeleteSnapshot',
      'ec2:TerminateInstances',
      'ec2:AuthorizeSecurityGroupIngress',
      'ec2:RunInstances',
      'ec2:CreateKeyPair',
      'lambda:UpdateFunctionCode',
      'lambda:CreateFunction',
      'cloudformation:DeleteStack',
      's3:PutBucketAcl',
      'kms:CreateGrant',
      'logs:PutRetentionPolicy',
    ],
  ],
];

const RAISED_FROM = 47;
const RISKS = new Map(RULES.flatMap(([risk, actions]) => actions.map((action) => [action, risk])));

export const sensitiveNames: Comparator = {
  name: 'sensitive API names',
  rule: `an action of a list of ${RISKS.size} names, in three grades as in public rule sets; raised from the middle grade on, once for all calls of one name in one task, or by one principal outside tasks`,
  alerts: async (store) => {
    const rows = await store.rows(USES, { actions: JSON.stringify([...RISKS.keys()]) });
    return rows.map((row) => {
      const score = RISKS.get(String(row['action'])) ?? 0;
      return {
        ...SILENT,
        by: 'sensitive-names',
        score,
        isRaised: score >= RAISED_FROM,
        agentId: text(row['agent_id']),
        taskId: text(row['task_id']),
        accessKeyIds: texts(row['access_key_ids']),
        eventIds: texts(row['event_ids']),
        actions: [String(row['action'])],
        firstSeen: iso(row['first_seen']),
        lastSeen: iso(row['last_seen']),
      };
    });
  },
};
